package org.retellbridge.demo;

import java.util.List;
import java.util.Map;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Json;

/**
 * A customer calls twice: the first time the agent saves her name and takes an order; the second
 * time it knows her, sends an SMS and hands her over to a person.
 */
final class Story {
  private final Twin twin;

  Story(Twin twin) {
    this.twin = twin;
  }

  List<PlacedCall> tell() {
    return List.of(firstCall(), secondCall());
  }

  private PlacedCall firstCall() {
    LiveCall call = twin.twilio().openCall(request());
    AgentCall agent = call.awaitAgent();
    use(agent, "lookup_dyn", "lookup_customer", Map.of());
    agent.says("Hello, this is the front desk. We have not met: what is your name?");
    agent.hears("I am Mia Example. One margherita, please.");
    use(
        agent,
        "save_customer_dyn",
        "save_customer",
        Map.of("name", "Mia Example", "phone", TwinNames.CALLER));
    use(
        agent,
        "add_event_dyn",
        "place_order",
        Map.of("summary", "1 margherita", "total", "18.50", "timestamp", "2026-11-22T19:30:00Z"));
    agent.says("Thank you, Mia. It will be with you at half past seven.");
    agent.hangUp();
    return call.awaitEnd();
  }

  private PlacedCall secondCall() {
    LiveCall call = twin.twilio().openCall(request());
    AgentCall agent = call.awaitAgent();
    ToolAnswer customer = use(agent, "lookup_dyn", "lookup_customer", Map.of());
    agent.says("Hello " + Json.text(customer.json(), "name").orElse("there") + "!");
    use(agent, "lookup_events_dyn", "lookup_orders", Map.of());
    agent.hears(
        "My pizza has not come. Please text me what I ordered, and let me speak to someone.");
    use(agent, "send_sms", "send_sms", Map.of("message", "Your order: 1 margherita, 18.50."));
    use(
        agent,
        "redirect",
        "transfer_to_human",
        Map.of("summary", "Mia's order of 1 margherita has not arrived.", "mood", "calm"));
    call.awaitParty(Party.Kind.STUDIO);
    call.farEndHangsUp();
    return call.awaitEnd();
  }

  private ToolAnswer use(AgentCall agent, String path, String name, Map<String, String> arguments) {
    ToolAnswer answer =
        agent.callFunction(ToolCall.of(twin.publicUrl("/" + path), name, Json.strings(arguments)));
    if (!answer.ok()) {
      throw new IllegalStateException(path + " failed: " + answer.last());
    }
    return answer;
  }

  private CallRequest request() {
    return CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER)
        .with("StirVerstat", "TN-Validation-Passed-A");
  }
}
