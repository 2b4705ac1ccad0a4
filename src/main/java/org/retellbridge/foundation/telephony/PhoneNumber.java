package org.retellbridge.foundation.telephony;

import java.util.Optional;
import java.util.regex.Pattern;

/** A telephone number in E.164 form. Its {@link #toString} is safe to log. */
public record PhoneNumber(String value) {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{5,14}");

  public PhoneNumber {
    if (value == null || !E164.matcher(value).matches()) {
      throw new IllegalArgumentException("not an E.164 number");
    }
  }

  /** Empty for an absent text and for one that is not E.164. */
  public static Optional<PhoneNumber> parse(String text) {
    return text != null && E164.matcher(text).matches()
        ? Optional.of(new PhoneNumber(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return Masked.of(value);
  }
}
