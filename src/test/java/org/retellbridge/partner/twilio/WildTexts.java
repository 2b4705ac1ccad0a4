package org.retellbridge.partner.twilio;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Texts of any characters, lone surrogates and controls among them, and of markup. */
public final class WildTexts extends DomainContextBase {
  /** What XML 1.0 does not know, as its grammar has it: everything but {@code Char}. */
  private static final Pattern UNKNOWN =
      Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(12);
    Arbitrary<String> nasty =
        Arbitraries.of(
            "&",
            "&amp;",
            "&#0;",
            "<",
            ">",
            "</Say>",
            "]]>",
            "<![CDATA[",
            "<!--",
            "<?xml?>",
            "\"",
            "'",
            "\r",
            "\r\n",
            "\n",
            "\t",
            "\u0000",
            "\u001B",
            "\u007F",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uFFFE",
            "\uFFFF",
            "\uD800",
            "\uDC00",
            "\uDC00\uD800",
            "😀",
            "é",
            "日本");
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(1, any), net.jqwik.api.Tuple.of(2, nasty))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  static String cleaned(String text) {
    return UNKNOWN.matcher(text).replaceAll("");
  }
}
