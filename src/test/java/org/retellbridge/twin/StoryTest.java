package org.retellbridge.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.timeline.TimelinePrinter;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;

/** A whole call, as the demo tells it. */
class StoryTest {

  @Test
  void tellsACallFromDiallingToHangingUp() {
    try (Twin twin = Twin.start();
        TinyBridge bridge = new TinyBridge(twin)) {
      bridge.answers("/lookup", Reply.json(200, "{\"name\":\"Mia\"}"));
      bridge.answers("/retell/events", Reply.empty(204));
      twin.retell().accountWebhook(twin.publicUrl("/retell/events"));
      LiveCall call =
          twin.twilio()
              .openCall(
                  CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER));
      AgentCall agent = call.awaitAgent();
      agent.hears("Hello, it's me.");
      agent.callFunction(
          twin.publicUrl("/lookup"), "lookup", Json.object().add("reason", "greeting").build());
      agent.says("Welcome back, Mia.");
      agent.hangUp();
      PlacedCall placed = call.awaitEnd();
      twin.retell().awaitDeliveries();

      String story = TimelinePrinter.plain().print(twin.timeline().entries());
      assertThat(placed.deadLine()).isFalse();
      assertThat(story)
          .containsSubsequence(
              "calls " + TwinNames.NUMBER,
              "POST /start",
              "POST /v2/register-phone-call",
              "201 to /v2/register-phone-call",
              "<Sip>sip:call_",
              "INVITE sip:call_",
              "“Hello, this is Front desk.”",
              "POST /lookup",
              "name: \"Mia\"",
              "“Welcome back, Mia.”",
              "POST /dial_ended?rung=0",
              "DialCallStatus = completed");
      assertThat(story).contains("event: \"call_analyzed\"");
      assertThat(Map.copyOf(twin.settings())).containsKey("SEGMENT_WRITE_KEY");
      System.getProperties().computeIfPresent("twin.story", (k, v) -> print(story));
    }
  }

  private static String print(String story) {
    System.out.print(story);
    return "told";
  }
}
