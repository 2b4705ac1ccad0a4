package org.retellbridge.partner.retell.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.retellbridge.foundation.telephony.CallFields;
import org.retellbridge.foundation.telephony.Caller;

/**
 * What another system may be told of the call behind an invocation: who calls, and where the call
 * is found again. Never the transcript, nor what the customer's systems put into the call.
 */
public final class CallContext {
  private static final List<String> FIELDS =
      List.of("from_number", "to_number", "direction", "agent_id", "agent_name");

  /** One that is withheld is nothing to call back. */
  private static final Set<String> NUMBERS = Set.of("from_number", "to_number");

  private static final Set<String> NAMES =
      Stream.concat(
              Stream.of(
                  "call_id", CallFields.CALL_SID, CallFields.ORIGINAL_CALL_SID, CallFields.CALLER),
              FIELDS.stream())
          .collect(Collectors.toUnmodifiableSet());

  /** Nothing that Retell puts into these fields is longer. */
  private static final int LONGEST = 256;

  private CallContext() {}

  /** Field and value, in a fixed order; without what is not known. */
  public static Map<String, String> of(FunctionCall call) {
    Map<String, String> context = new LinkedHashMap<>();
    call.callId().ifPresent(id -> context.put("call_id", id.toString()));
    call.callSid().ifPresent(sid -> context.put(CallFields.CALL_SID, sid.toString()));
    call.caller(CallerSource.METADATA_FIRST)
        .ifPresent(caller -> context.put(CallFields.CALLER, caller.address()));
    for (String field : FIELDS) {
      call.call()
          .flatMap(retell -> retell.text(field))
          .filter(text -> text.length() <= LONGEST)
          .filter(text -> !NUMBERS.contains(field) || !Caller.absent(text))
          .ifPresent(text -> context.put(field, text));
    }
    return context;
  }

  /**
   * The names under which only the bridge may speak to a person, whether it knows a value or not: a
   * caller who withholds the number could else talk the model into one. In lower case; none in
   * another vendor's request, whose fields are nobody's but its sender's.
   */
  public static Set<String> reserved(FunctionCall call) {
    return call.origin().retells() ? NAMES : Set.of();
  }
}
