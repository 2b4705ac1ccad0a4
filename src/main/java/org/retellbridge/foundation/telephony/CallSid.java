package org.retellbridge.foundation.telephony;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Twilio's name of a call. The form is checked because SIDs are put into REST paths and arrive in
 * other people's JSON.
 */
public record CallSid(String value) {
  private static final Pattern FORM = Pattern.compile("CA[0-9a-fA-F]{32}");

  public CallSid {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a CallSid");
    }
  }

  /** Empty for an absent or malformed text. */
  public static Optional<CallSid> parse(String text) {
    return text != null && FORM.matcher(text).matches()
        ? Optional.of(new CallSid(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
