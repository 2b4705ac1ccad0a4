package org.retellbridge.partner.retell.functions;

import java.util.Optional;

/** Tells names that may be shown; by hand, because two or more are asked about in each request. */
final class Names {
  private static final int LONGEST = 64;

  private Names() {}

  /** Whether there is something, of ASCII letters, digits, {@code _} and {@code -} alone. */
  static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!letter(c) && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** A tool's name as far as it may stand in a log. */
  static String shown(Optional<String> name) {
    return name.filter(text -> text.length() <= LONGEST && plain(text)).orElse("-");
  }

  static boolean letter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
