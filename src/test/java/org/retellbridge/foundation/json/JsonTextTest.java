package org.retellbridge.foundation.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @Test
  void readsAnObject() {
    assertThat(JsonText.parseObject(" {\"a\":\"é\\n\"} ").orElseThrow().getString("a"))
        .isEqualTo("é\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "[{}]",
        "{",
        "{\"a\":",
        "{\"a\":1,}",
        "<html>",
        "{'a':1}",
        "{\"a\":\"\n\"}",
        "\u0000",
        "\uFEFF"
      })
  void readsNothingElse(String text) {
    assertThat(JsonText.parseObject(text)).isEmpty();
  }

  @Test
  void survivesDeepNesting() {
    String deep = "{\"a\":".repeat(100_000);
    assertThat(JsonText.parseObject(deep)).isEmpty();
    assertThat(JsonText.parseObject("{\"a\":" + "[".repeat(100_000))).isEmpty();
  }

  @Property
  void neverThrows(@ForAll("shapes") String text) {
    assertThatCode(() -> JsonText.parseObject(text)).doesNotThrowAnyException();
  }

  @Provide
  Arbitrary<String> shapes() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"",
                "\"a\"",
                "\\u",
                "\\ud800",
                "1",
                "-",
                "1e999999999",
                "0.",
                "true",
                "nul",
                " ",
                "\n",
                "\u0000"),
            Arbitraries.strings().all().ofMaxLength(3))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Test
  void takesOnlyTextsThatAreNotEmpty() {
    JsonObject object =
        JsonText.parseObject("{\"a\":\"x\",\"b\":\"\",\"c\":1,\"d\":null,\"e\":{\"a\":\"x\"}}")
            .get();
    assertThat(JsonText.text(object, "a")).contains("x");
    assertThat(JsonText.text(object, "b")).isEmpty();
    assertThat(JsonText.text(object, "c")).isEmpty();
    assertThat(JsonText.text(object, "d")).isEmpty();
    assertThat(JsonText.text(object, "e")).isEmpty();
    assertThat(JsonText.text(object, "f")).isEmpty();
  }

  @Test
  void writesObjectsAndArrays() {
    assertThat(JsonText.object().add("a", JsonText.array().add("\"").add(1)).build())
        .hasToString("{\"a\":[\"\\\"\",1]}");
  }
}
