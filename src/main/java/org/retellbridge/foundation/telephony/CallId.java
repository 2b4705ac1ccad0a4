package org.retellbridge.foundation.telephony;

import java.util.Optional;

/**
 * Retell's name of a call: {@code call_} and hexadecimal digits, or 32 letters and digits (both
 * observed). It becomes the user part of a SIP URI, so nothing else is let through.
 */
public record CallId(String value) {
  private static final int LONGEST = 128;

  public CallId {
    if (value == null || !wellFormed(value)) {
      throw new IllegalArgumentException("not a call_id");
    }
  }

  /** Empty for an absent or malformed text. */
  public static Optional<CallId> parse(String text) {
    return text != null && wellFormed(text) ? Optional.of(new CallId(text)) : Optional.empty();
  }

  /** Without a regular expression, because each call is asked often. */
  private static boolean wellFormed(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!allowed(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  @Override
  public String toString() {
    return value;
  }
}
