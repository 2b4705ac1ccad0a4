package org.retellbridge.partner.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class FittingTest {

  @Test
  void leavesAloneWhatFits() {
    assertThat(longest(Map.of("a", "one two"), 20)).isEqualTo("id=1;a=one two;");
  }

  @Test
  void cutsAtAWordAndMarksIt() {
    assertThat(Fitting.cut("the caller wants a refund", 20)).isEqualTo("the caller wants a…");
    assertThat(Fitting.cut("the caller wants a refund", 19)).isEqualTo("the caller wants a…");
    assertThat(Fitting.cut("the caller wants a refund", 18)).isEqualTo("the caller wants…");
    assertThat(Fitting.cut("the caller", 10)).isEqualTo("the caller");
  }

  @Test
  void cutsInAWordWhereThereIsNoOtherPlace() {
    assertThat(Fitting.cut("x".repeat(50), 10)).isEqualTo("xxxxxxxxx…");
    assertThat(Fitting.cut("日".repeat(50), 4)).isEqualTo("日日日…");
    assertThat(Fitting.cut("😀".repeat(5), 4)).isEqualTo("😀…");
    assertThat(Fitting.cut("abc", 1)).isEqualTo("…");
    assertThat(Fitting.cut("abc", 0)).isEmpty();
  }

  @Test
  void cutsTheLongOnesAndKeepsTheShortOnes() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("summary", "word ".repeat(200));
    texts.put("name", "Mia");
    assertThat(longest(texts, 400)).contains("name=Mia;").contains("…").hasSizeBetween(390, 400);
  }

  @Test
  void leavesOutTheLastOnesWhenTheNamesAloneAreTooMany() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      texts.put("name" + i, "v" + i);
    }
    assertThat(longest(texts, 40)).startsWith("id=1;name0=").doesNotContain("name9");
  }

  @Test
  void neverLetsATextReplaceAFixedOne() {
    assertThat(longest(Map.of("id", "2"), 100)).isEqualTo("id=1;");
  }

  @Property(tries = 1_000)
  @Domain(WildTexts.class)
  void fitsAndUsesTheRoomThatThereIs(@ForAll String wild) {
    int limit = 10 + Math.floorMod(wild.hashCode(), 300);
    String text = oneBlankAtATime(wild).repeat(20);
    String form = longest(Map.of("s", text), limit);
    assertThat(form).hasSizeLessThanOrEqualTo(limit).startsWith("id=1;");
    if (form.length() < limit - 60) {
      assertThat(form).isEqualTo("id=1;s=" + text + ";");
    }
  }

  /** A text is cut where blanks begin, and of a hundred of them a hundred characters go. */
  private static String oneBlankAtATime(String text) {
    StringBuilder one = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean after = one.length() > 0 && Character.isWhitespace(one.charAt(one.length() - 1));
      if (!after || !Character.isWhitespace(c)) {
        one.append(c);
      }
    }
    return one.toString();
  }

  private static String longest(Map<String, String> texts, int limit) {
    return Fitting.longest(
        Map.of("id", "1"),
        texts,
        all ->
            all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + ";")
                .collect(Collectors.joining()),
        form -> form.length() <= limit);
  }
}
