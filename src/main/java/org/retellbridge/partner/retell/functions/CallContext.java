package org.retellbridge.partner.retell.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.partner.retell.functions.FunctionCall.CallerSource;

/**
 * What another system may be told of the call behind an invocation: who calls, and where the call
 * is found again. Never the transcript, nor what the customer's systems put into the call.
 */
public final class CallContext {
  private static final List<String> FIELDS =
      List.of("from_number", "to_number", "direction", "agent_id", "agent_name");

  /** Nothing that Retell puts into these fields is longer, nor the address of a client. */
  private static final int LONGEST = 256 + "client:".length();

  private CallContext() {}

  /** Field and value, in a fixed order; without what is not known. */
  public static Map<String, String> of(FunctionCall call) {
    Map<String, String> context = new LinkedHashMap<>();
    put(context, "call_id", call.callId().map(Object::toString));
    put(context, "twilio_call_sid", call.callSid().map(Object::toString));
    put(context, "caller", call.caller(CallerSource.METADATA_FIRST).map(it -> it.address()));
    for (String field : FIELDS) {
      put(context, field, call.call().flatMap(retell -> retell.text(field)));
    }
    return context;
  }

  private static void put(Map<String, String> context, String name, Optional<String> value) {
    value.filter(text -> text.length() <= LONGEST).ifPresent(text -> context.put(name, text));
  }
}
