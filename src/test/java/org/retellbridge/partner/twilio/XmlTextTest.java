package org.retellbridge.partner.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTextTest {
  @ParameterizedTest
  @ValueSource(ints = {0x0, 0x8, 0xB, 0xC, 0xE, 0x1F, 0xD800, 0xDBFF, 0xDC00, 0xFFFE, 0xFFFF})
  void leavesOutWhatXmlDoesNotKnow(int point) {
    String bad = Character.toString(point);
    assertThat(XmlText.clean(bad)).isEmpty();
    assertThat(XmlText.clean("😀a" + bad + "b" + bad)).isEqualTo("😀ab");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x9, 0xA, 0xD, 0x20, 0x7F, 0x85, 0x2028, 0xE000, 0xFFFD, 0x10000, 0x10FFFF})
  void keepsWhatXmlKnows(int point) {
    String good = "a" + Character.toString(point);
    assertThat(XmlText.clean(good)).isSameAs(good);
  }

  @Test
  void makesOneLine() {
    assertThat(XmlText.oneLine("a\r\nb\tc\u0000")).isEqualTo("a  b c");
  }

  @Property
  @Domain(WildTexts.class)
  void cleansByTheGrammarOfXml(@ForAll String text) {
    assertThat(XmlText.clean(text)).isEqualTo(WildTexts.cleaned(text));
  }
}
