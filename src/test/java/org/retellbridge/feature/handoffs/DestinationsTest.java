package org.retellbridge.feature.handoffs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.partner.retell.functions.TestFunctionCalls;
import org.retellbridge.partner.twilio.QueueWait;

class DestinationsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(25);
  private static final String USUAL = "AP" + "0a".repeat(16);
  private static final String OTHER = "AP" + "0b".repeat(16);
  private static final String WORKFLOW = "WW" + "0c".repeat(16);

  @Test
  void takesTheQueryBeforeTheSetting() {
    assertThat(of(Map.of())).hasValue(new Destination.Application(USUAL, TIMEOUT));
    assertThat(of(Map.of("applicationSid", OTHER)))
        .hasValue(new Destination.Application(OTHER, TIMEOUT));
    assertThat(of(Map.of("workflowSid", WORKFLOW)))
        .hasValue(new Destination.Workflow(WORKFLOW, new QueueWait(TestSettings.of())));
    assertThat(of(Map.of("applicationSid", "{{app}}")))
        .hasValue(new Destination.Application(USUAL, TIMEOUT));
  }

  @Test
  void letsItRingAsLongAsTheSettingSays() {
    Destinations patient =
        new Destinations(TestSettings.of("TWILIO_APPLICATION_SID", USUAL, "DIAL_TIMEOUT", "PT17S"));
    assertThat(patient.of(TestFunctionCalls.of(JsonValue.EMPTY_JSON_OBJECT, Map.of())))
        .hasValue(new Destination.Application(USUAL, Duration.ofSeconds(17)));
  }

  @Test
  void goesNowhereForWhatIsNoSid() {
    for (String wrong : new String[] {"AP1", WORKFLOW, OTHER + "/..", OTHER + "\n", "x" + OTHER}) {
      assertThat(of(Map.of("applicationSid", wrong))).isEmpty();
    }
    assertThat(of(Map.of("workflowSid", OTHER))).isEmpty();
    assertThat(of(Map.of("workflowSid", "WW1", "applicationSid", OTHER))).isEmpty();
  }

  @Test
  void goesNowhereWithoutAny() {
    Destinations none = new Destinations(TestSettings.of());
    assertThat(none.of(TestFunctionCalls.of(JsonValue.EMPTY_JSON_OBJECT, Map.of()))).isEmpty();
  }

  private static Optional<Destination> of(Map<String, String> query) {
    return new Destinations(TestSettings.of("TWILIO_APPLICATION_SID", USUAL))
        .of(TestFunctionCalls.of(JsonValue.EMPTY_JSON_OBJECT, query));
  }
}
