package org.retellbridge.foundation.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenamingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'a':1,'b':2}               | {'a':1,'b':2}",
        "{'a-b':1}                   | {'a_b':1}",
        "{'a-b':1,'a_b':2}           | {'a_b_2':1,'a_b':2}",
        "{'a_b':1,'a-b':2}           | {'a_b':1,'a_b_2':2}",
        "{'a-b-c':1,'a-b_c':2}       | {'a_b_c':1,'a_b_c_2':2}",
        "{'a_b':1,'a-b':2,'a_b_2':3} | {'a_b':1,'a_b_3':2,'a_b_2':3}"
      })
  void losesNoValue(String given, String renamed) {
    Map<String, JsonValue> values = JsonText.parseObject(quoted(given)).orElseThrow();
    Map<String, JsonValue> expected = JsonText.parseObject(quoted(renamed)).orElseThrow();

    assertThat(Renaming.of(values, name -> name.replace('-', '_')))
        .containsExactlyEntriesOf(expected);
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
