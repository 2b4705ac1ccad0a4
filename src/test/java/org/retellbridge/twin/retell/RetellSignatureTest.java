package org.retellbridge.twin.retell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.retellbridge.twin.wire.Json;

class RetellSignatureTest {

  @TestFactory
  Stream<DynamicTest> reproducesVectors() throws IOException {
    try (InputStream in =
        RetellSignatureTest.class.getResourceAsStream("/vectors/retell-signature-vectors.json")) {
      JsonObject all = Json.parseObject(in.readAllBytes()).orElseThrow();
      return all.getJsonArray("vectors").getValuesAs(JsonObject.class).stream()
          .map(vector -> DynamicTest.dynamicTest(vector.getString("id"), () -> check(vector)));
    }
  }

  private static void check(JsonObject vector) {
    byte[] body =
        vector.containsKey("body_hex")
            ? HexFormat.of().parseHex(vector.getString("body_hex"))
            : vector.getString("body_utf8").getBytes(UTF_8);
    long millis = vector.getJsonNumber("ts").longValue();

    assertThat(RetellSignature.of(vector.getString("key"), body, millis))
        .isEqualTo(vector.getString("sig"));
  }
}
