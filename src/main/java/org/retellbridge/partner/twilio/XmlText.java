package org.retellbridge.partner.twilio;

/** Makes any text fit for XML 1.0. */
final class XmlText {
  private XmlText() {}

  /** Leaves out what XML 1.0 does not know: controls, lone surrogates, U+FFFE and U+FFFF. */
  static String clean(String text) {
    int bad = firstBad(text);
    if (bad == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, bad);
    text.codePoints()
        .skip(text.codePointCount(0, bad))
        .filter(XmlText::known)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** The same for an attribute, where a parser turns line breaks and tabs into blanks anyway. */
  static String oneLine(String text) {
    return clean(text).replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
  }

  private static int firstBad(String text) {
    int index = 0;
    while (index < text.length()) {
      int point = text.codePointAt(index);
      if (!known(point)) {
        return index;
      }
      index += Character.charCount(point);
    }
    return index;
  }

  private static boolean known(int point) {
    if (point < 0x20) {
      return point == '\t' || point == '\n' || point == '\r';
    }
    return point <= 0xD7FF || (point >= 0xE000 && point <= 0xFFFD) || point >= 0x10000;
  }
}
