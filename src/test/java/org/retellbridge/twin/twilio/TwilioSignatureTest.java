package org.retellbridge.twin.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

class TwilioSignatureTest {

  @TestFactory
  Stream<DynamicTest> reproducesVectors() throws IOException {
    return vectors("vectors")
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.getString("id"),
                    () ->
                        assertThat(
                                TwilioSignature.of(
                                    vector.getString("auth_token"),
                                    vector.getString("url"),
                                    fields(vector)))
                            .isEqualTo(vector.getString("expected_signature"))));
  }

  @TestFactory
  Stream<DynamicTest> reproducesUrlCases() throws IOException {
    return vectors("url_match_cases")
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.getString("id"),
                    () ->
                        assertThat(
                                TwilioSignature.of(
                                    vector.getString("auth_token"),
                                    vector.getString("signed_url"),
                                    fields(vector)))
                            .isEqualTo(vector.getString("signature"))));
  }

  @Test
  void hashesJsonBodies() throws IOException {
    JsonObject json =
        vectors("vectors").filter(v -> v.getString("id").equals("JSON")).findFirst().orElseThrow();

    assertThat(TwilioSignature.bodySha256(json.getString("body").getBytes(UTF_8)))
        .isEqualTo(json.getString("body_sha256"));
  }

  @Test
  void signsVoiceUrlsWithoutPortUserAndFragment() {
    assertThat(TwilioSignature.signedUrl("https://u:p@h.example:8443/p?x=%2B1#rc=3"))
        .isEqualTo("https://h.example/p?x=%2B1");
    assertThat(TwilioSignature.signedUrl("http://h.example:8080/p"))
        .isEqualTo("http://h.example:8080/p");
  }

  private static Fields fields(JsonObject vector) {
    Fields fields = new Fields();
    vector
        .getJsonObject("params")
        .forEach(
            (name, value) -> {
              if (value instanceof JsonArray several) {
                several.forEach(one -> fields.add(name, text(one)));
              } else {
                fields.add(name, text(value));
              }
            });
    return fields;
  }

  private static String text(JsonValue value) {
    return ((JsonString) value).getString();
  }

  private static Stream<JsonObject> vectors(String list) throws IOException {
    try (InputStream in =
        TwilioSignatureTest.class.getResourceAsStream("/vectors/twilio-signature-vectors.json")) {
      JsonObject all = Json.parseObject(in.readAllBytes()).orElseThrow();
      return all.getJsonArray(list).getValuesAs(JsonObject.class).stream();
    }
  }
}
