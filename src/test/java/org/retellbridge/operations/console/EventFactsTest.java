package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.ledger.Moment;

class EventFactsTest {

  @Test
  void showsVerdictsAndNoSentence() {
    assertThat(
            facts(
                """
                {"call_type":"phone_call","duration_ms":61000,"disconnection_reason":"user_hangup",
                 "call_analysis":{"call_summary":"Mia wants a pizza","user_sentiment":"Positive",
                   "call_successful":true,"custom_analysis_data":{"name":"Mia"},"tags":["Mia"]}}
                """))
        .isEqualTo(
            Map.of(
                "call_type", "phone_call",
                "duration_ms", "61000",
                "disconnection_reason", "user_hangup",
                "user_sentiment", "Positive",
                "call_successful", "true",
                "call_summary", "text of 17 characters",
                "custom_analysis_data", "object of 1 fields",
                "tags", "list of 1"));
  }

  @Test
  void showsNoWordThatIsNone() {
    assertThat(facts("{\"disconnection_reason\":\"+61491570006\",\"user_sentiment\":{}}"))
        .isEmpty();
    assertThat(facts("{\"call_analysis\":{\"Mia +61\":1}}")).isEmpty();
    assertThat(facts("not JSON")).isEmpty();
  }

  @Test
  void saysThatALostKeySealedTheFields() {
    assertThat(facts(Moment.UNREADABLE)).isEqualTo(Map.of("fields", "unreadable"));
  }

  private static Map<String, String> facts(String fields) {
    return EventFacts.of(
        new Moment(
            Instant.EPOCH,
            Moment.Kind.VENDOR_EVENT,
            "call_analyzed",
            Optional.empty(),
            Map.of("fields", fields)));
  }
}
