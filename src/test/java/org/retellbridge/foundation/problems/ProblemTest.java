package org.retellbridge.foundation.problems;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;

class ProblemTest {
  @Test
  void saysStatusAndTitle() {
    assertThat(Problem.of(403, "Signature missing").toJson())
        .isEqualTo("{\"status\":403,\"title\":\"Signature missing\"}");
  }

  @Test
  void saysOfAFaultWhereToLookAndNothingElse() {
    UUID instance = UUID.fromString("00000000-0000-0000-0000-000000000001");
    assertThat(Problem.fault(instance).toJson())
        .isEqualTo(
            "{\"status\":500,\"title\":\"Internal Server Error\","
                + "\"instance\":\"urn:uuid:00000000-0000-0000-0000-000000000001\"}");
  }

  /** A reason phrase may be anybody's. */
  @Test
  void isJsonWhateverItsTitle() {
    String title = "The \"order\" is \\ closed\n";
    assertThat(JsonText.parseObject(Problem.of(409, title).toJson()))
        .hasValueSatisfying(json -> assertThat(json.getString("title")).isEqualTo(title));
  }

  @Test
  void isJson() {
    String json = new String(Problem.fault(UUID.randomUUID()).toBytes(), UTF_8);
    assertThat(JsonText.parseObject(json)).isPresent();
  }
}
