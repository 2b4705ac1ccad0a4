package org.retellbridge.foundation.telephony;

import java.util.HexFormat;
import java.util.Optional;

/**
 * Twilio's name of a call. The form is checked because SIDs are put into REST paths and arrive in
 * other people's JSON.
 */
public record CallSid(String value) {
  private static final String PREFIX = "CA";
  private static final int LENGTH = 34;

  public CallSid {
    if (value == null || !wellFormed(value)) {
      throw new IllegalArgumentException("not a CallSid");
    }
  }

  /** Empty for an absent or malformed text. */
  public static Optional<CallSid> parse(String text) {
    return text != null && wellFormed(text) ? Optional.of(new CallSid(text)) : Optional.empty();
  }

  /**
   * "CA" and 32 hexadecimal digits; without a regular expression, because each call is asked often.
   */
  private static boolean wellFormed(String text) {
    return text.length() == LENGTH && text.startsWith(PREFIX) && hexadecimal(text, PREFIX.length());
  }

  private static boolean hexadecimal(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
