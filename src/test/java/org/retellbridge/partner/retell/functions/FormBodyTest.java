package org.retellbridge.partner.retell.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FormBodyTest {

  @Test
  void isAnObjectOfTextsWithAListForARepeatedField() {
    assertThat(parse("task_type=voice&note=a%2Bb+%C3%A9&tag=1&tag=2&empty=&bare&=x&b[c]=3"))
        .isEqualTo(
            "{\"task_type\":\"voice\",\"note\":\"a+b é\",\"tag\":[\"1\",\"2\"],\"empty\":\"\","
                + "\"bare\":\"\",\"b[c]\":\"3\"}");
  }

  @Test
  void mayBeEmpty() {
    assertThat(parse("")).isEqualTo("{}");
  }

  @Test
  void refusesABrokenEscape() {
    assertThatThrownBy(() -> parse("a=%zz")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String parse(String form) {
    return FormBody.parse(form.getBytes(UTF_8)).toString();
  }
}
