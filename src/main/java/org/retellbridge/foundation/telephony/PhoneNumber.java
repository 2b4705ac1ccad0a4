package org.retellbridge.foundation.telephony;

import java.util.Optional;

/** A telephone number in E.164 form. Its {@link #toString} is safe to log. */
public record PhoneNumber(String value) {
  /** With the plus sign: 6 to 15 digits, of which the first is not 0. */
  private static final int SHORTEST = 7;

  private static final int LONGEST = 16;

  public PhoneNumber {
    if (value == null || !wellFormed(value)) {
      throw new IllegalArgumentException("not an E.164 number");
    }
  }

  /** Empty for an absent text and for one that is not E.164. */
  public static Optional<PhoneNumber> parse(String text) {
    return text != null && wellFormed(text) ? Optional.of(new PhoneNumber(text)) : Optional.empty();
  }

  /** Without a regular expression, because each call is asked often. */
  private static boolean wellFormed(String text) {
    if (text.length() < SHORTEST || text.length() > LONGEST) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.charAt(0) == '+' && text.charAt(1) != '0';
  }

  @Override
  public String toString() {
    return Masked.of(value);
  }
}
