package org.retellbridge.foundation.telephony;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.DOTALL;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
          "-1",
          // the words on a telephone's keys: anonymous, restricted, blocked, unknown, unavailable
          "+266696687",
          "+7378742833",
          "+2562533",
          "+8656696",
          "+86282452253");

  /**
   * In characters, without the scheme of a client. Nothing that telephones is longer, and browsers
   * may send megabytes.
   */
  int LONGEST = 256;

  /**
   * The scheme, the user without password and parameters, and the host. Each character fits one
   * place only, so that the time grows no faster than the text.
   */
  Pattern SIP =
      Pattern.compile(
          "sips?:(?:([^@:;]*+)(?:[:;][^@]*+)?@)?([^:;?]*+).*", CASE_INSENSITIVE | DOTALL);

  String CLIENT = "client:";

  String ESCAPED_PLUS = "^%2[Bb]";

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

  /** A Twilio client, {@code client:Bob}, as the client spells it. */
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

  /** Empty for an absent, withheld or placeholder address, and for what is too long for one. */
  static Optional<Caller> parse(String text) {
    if (text == null || absent(text)) {
      return Optional.empty();
    }
    String address = text.strip();
    if (isClient(address)) {
      return Optional.of(new Client(address));
    }
    return PhoneNumber.parse(address)
        .<Caller>map(Phone::new)
        .or(() -> Optional.of(new Other(address)));
  }

  /** The number that a SIP address has for its user, as in {@code sip:+61255500000@h.example}. */
  static Optional<PhoneNumber> numberInSip(String text) {
    String address = text.strip();
    Matcher sip = SIP.matcher(address);
    return address.length() <= LONGEST && isSip(address) && sip.matches() && sip.group(1) != null
        ? PhoneNumber.parse(sip.group(1).replaceFirst(ESCAPED_PLUS, "+"))
        : Optional.empty();
  }

  /**
   * Whether a text stands for nothing: blank, withheld, a variable that nobody filled in, or longer
   * than any address. A client and a SIP telephone may withhold their name as well.
   */
  static boolean absent(String text) {
    String stripped = text.strip();
    if (isClient(stripped)) {
      return stripped.length() > LONGEST + CLIENT.length()
          || noName(stripped.substring(CLIENT.length()));
    }
    if (stripped.length() > LONGEST) {
      return true;
    }
    Matcher sip = isSip(stripped) ? SIP.matcher(stripped) : null;
    if (sip != null && sip.matches()) {
      return "anonymous.invalid".equalsIgnoreCase(sip.group(2)) // RFC 3323
          || sip.group(1) != null && noName(sip.group(1).replaceFirst(ESCAPED_PLUS, "+"));
    }
    return noName(stripped);
  }

  private static boolean isClient(String address) {
    return address.regionMatches(true, 0, CLIENT, 0, CLIENT.length());
  }

  /** Most addresses are telephones', and a pattern costs more than this look. */
  private static boolean isSip(String address) {
    return address.regionMatches(true, 0, "sip", 0, "sip".length());
  }

  private static boolean noName(String text) {
    String name = text.strip();
    return isPlaceholder(name)
        || WITHHELD.contains(name.toLowerCase(Locale.ROOT))
        || saysNothing(name);
  }

  /** A variable that nobody filled in. */
  static boolean isPlaceholder(String text) {
    return text.startsWith("{{") && text.endsWith("}}");
  }

  private static boolean saysNothing(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '0' && c != '-' && c != '+') {
        return false;
      }
    }
    return true;
  }
}
