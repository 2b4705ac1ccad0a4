package org.retellbridge.foundation.telephony;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom a call is about, as far as the telephone network or the client vouches for it. What a model
 * heard is never a caller.
 */
public sealed interface Caller {

  /** What Twilio and others send for a withheld number. */
  Set<String> WITHHELD =
      Set.of(
          "anonymous",
          "restricted",
          "unknown",
          "unavailable",
          "private",
          "withheld",
          "blocked",
          "null",
          "undefined",
          "none",
          // the words on a telephone's keys: anonymous, restricted, blocked, unknown, unavailable
          "+266696687",
          "+7378742833",
          "+2562533",
          "+8656696",
          "+86282452253");

  Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*\\}\\}", Pattern.DOTALL);

  /** The address as the vendors write it. */
  String address();

  /** A telephone. */
  record Phone(PhoneNumber number) implements Caller {
    @Override
    public String address() {
      return number.value();
    }

    @Override
    public String toString() {
      return Masked.of(address());
    }
  }

  /** A Twilio client, {@code client:bob}; in lower case, because look-ups are case-sensitive. */
  record Client(String address) implements Caller {
    @Override
    public String toString() {
      return Masked.of(address);
    }
  }

  /** Any other address, such as {@code sip:…} or a number that is not E.164. */
  record Other(String address) implements Caller {
    @Override
    public String toString() {
      return Masked.of(address);
    }
  }

  /** Empty for an absent, withheld or placeholder address. */
  static Optional<Caller> parse(String text) {
    if (text == null || absent(text)) {
      return Optional.empty();
    }
    String address = text.strip();
    if (address.regionMatches(true, 0, "client:", 0, 7)) {
      return address.length() > 7
          ? Optional.of(new Client(address.toLowerCase(Locale.ROOT)))
          : Optional.empty();
    }
    return PhoneNumber.parse(address)
        .<Caller>map(Phone::new)
        .or(() -> Optional.of(new Other(address)));
  }

  /** Whether a text stands for nothing: blank, withheld, or a variable that nobody filled in. */
  static boolean absent(String text) {
    String stripped = text.strip();
    return stripped.isEmpty()
        || PLACEHOLDER.matcher(stripped).matches()
        || WITHHELD.contains(stripped.toLowerCase(Locale.ROOT))
        || stripped.chars().allMatch(c -> c == '0' || c == '-' || c == '+');
  }
}
