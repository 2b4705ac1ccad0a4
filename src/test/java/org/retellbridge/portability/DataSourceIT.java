package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.foundation.ledger.PostgresServer;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.harness.server.JndiDatabase;
import org.retellbridge.harness.server.ServerUnderTest;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.wire.Json;

/** The ledger in a PostgreSQL that the server knows under a name. */
class DataSourceIT extends DeployedBridge {

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "BRIDGE_DATASOURCE",
            ServerUnderTest.dataSource(),
            "BRIDGE_DATA_KEY",
            "dGhlIGRhdGEga2V5IG9mIHRoZSB0ZXN0cywgMzIgYi4="));
  }

  @Test
  void keepsEffectsOnceThere() {
    Await.until("the ledger is up", () -> status().contains("\"up\":true"));
    var agent =
        twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
    ToolCall text =
        ToolCall.of(
            twin.publicUrl("/send_sms"), "send_sms", Json.strings(Map.of("message", "Hello")));

    assertThat(agent.callFunction(text).json().getString("status")).isEqualTo("sent");
    assertThat(agent.callFunction(text).json().getString("status")).isEqualTo("sent");

    assertThat(twin.twilio().messages()).hasSize(1);
    assertThat(status()).contains("\"database\":\"postgresql\"");
  }

  /** After a failover the pool's connections are dead, and the next ones perhaps lead to a copy. */
  @Test
  void comesBackFromADatabaseThatWasReadOnly() {
    Await.until("the ledger is up", () -> status().contains("\"up\":true"));
    PostgresServer.become(JndiDatabase.url(), true);
    try {
      PostgresServer.endConnections(JndiDatabase.url());
      Await.until("it says why", () -> status().contains("the database is read-only"));
    } finally {
      PostgresServer.become(JndiDatabase.url(), false);
    }
    Await.until("it is up again", () -> status().contains("\"up\":true"));
  }

  private String status() {
    return operate("/status").body();
  }
}
