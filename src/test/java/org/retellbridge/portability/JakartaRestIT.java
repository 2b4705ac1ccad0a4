package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;

/** Through the Jakarta REST runtime, for what a company registers there. */
class JakartaRestIT extends EitherWay {

  @Deployment(testable = false)
  static WebArchive bridge() {
    return bridge(Map.of("FAST_PATH", "false"));
  }

  @Override
  int strange() {
    return 400;
  }

  @Test
  void tellsOperatorsSo() {
    assertThat(BridgeUnderTest.serverLog()).contains("Answered past Jakarta REST: nothing");
  }
}
