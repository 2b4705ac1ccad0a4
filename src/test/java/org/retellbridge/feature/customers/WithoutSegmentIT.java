package org.retellbridge.feature.customers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;

/** A deployment without Segment: the agent is told so, and nothing is asked. */
class WithoutSegmentIT extends DeployedBridge {

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(Map.of("SEGMENT_API_ACCESS_TOKEN", "", "SEGMENT_WRITE_KEY", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "/lookup,            Customer records are not available here. Go on without them.",
    "/lookup_events_dyn, Customer records are not available here. Go on without them.",
    "/save_customer,     Customers cannot be saved here. Nothing was stored.",
    "/add_event,         Events cannot be recorded here. Nothing was stored."
  })
  void saysThatItCannot(String path, String sentence) {
    ToolAnswer answer =
        twin.retell()
            .talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER))
            .callFunction(twin.publicUrl(path), "f", Map.of());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("failed");
    assertThat(answer.json().getString("message")).isEqualTo(sentence);
    assertThat(twin.segment().profileRequests().total()).isZero();
    assertThat(twin.segment().trackingRequests().total()).isZero();
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(operate("/status").body())
        .contains("\"missing\":[\"SEGMENT_API_ACCESS_TOKEN")
        .contains("\"missing\":[\"SEGMENT_WRITE_KEY");
  }
}
