package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;

/** Past the Jakarta REST runtime, as usual. */
class FastPathIT extends EitherWay {

  @Deployment(testable = false)
  static WebArchive bridge() {
    return bridge(Map.of());
  }

  @Override
  int strange() {
    return 200;
  }

  /** Whatever a vendor asks while a caller waits; a company's own too, unless it asks for more. */
  @Test
  void tellsOperatorsWhatItAnswers() {
    assertThat(BridgeUnderTest.serverLog())
        .contains(
            "Answered past Jakarta REST: GET /start, POST /add_event, POST /add_event_dyn, POST"
                + " /anything, POST /broken, POST /create_task, POST /dial_ended, POST /hold, POST"
                + " /lookup, POST /lookup_dyn, POST /lookup_events, POST /lookup_events_dyn, POST"
                + " /lookup_web, POST /redirect, POST /retell/events, POST /save_customer, POST"
                + " /save_customer_dyn, POST /send_sms, POST /start");
  }
}
