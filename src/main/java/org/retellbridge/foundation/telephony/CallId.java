package org.retellbridge.foundation.telephony;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Retell's name of a call: {@code call_} and hexadecimal digits, or 32 letters and digits (both
 * observed). It becomes the user part of a SIP URI, so nothing else is let through.
 */
public record CallId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  public CallId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a call_id");
    }
  }

  /** Empty for an absent or malformed text. */
  public static Optional<CallId> parse(String text) {
    return text != null && FORM.matcher(text).matches()
        ? Optional.of(new CallId(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
