package org.retellbridge.feature.handoffs;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.foundation.telephony.CallFields;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.retell.functions.CallContext;
import org.retellbridge.partner.retell.functions.CallerSource;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.twilio.Fitting;
import org.retellbridge.partner.twilio.LegAddress;
import org.retellbridge.partner.twilio.ParameterNames;
import org.retellbridge.partner.twilio.QueueWait;
import org.retellbridge.partner.twilio.TaskAttributes;
import org.retellbridge.partner.twilio.Twiml;
import org.retellbridge.partner.twilio.rest.LiveCalls;

/** Somewhere else for a live call, with as much of the model's words as Twilio lets through. */
sealed interface Destination {
  String SUMMARY = "summary";

  /** Among them what the model has no say in. */
  Set<String> OURS =
      Set.of(CallFields.ORIGINAL_CALL_SID, SUMMARY, CallFields.CALLER, CallFields.RUNG);

  /**
   * The TwiML that brings the call there, within what Twilio takes.
   *
   * @param callSid of the leg that is moved
   */
  String twiml(CallSid callSid, FunctionCall call, String base);

  /**
   * Where Twilio asks when the transfer is over, so that a failed one goes down the fallback
   * ladder. It tells the transfer's leg from the agent's, of which Twilio may or may not report the
   * end after the move, and says whom an outbound call is about.
   */
  static String action(FunctionCall call, String base) {
    Optional<Caller> callee =
        call.outbound() ? call.caller(CallerSource.METADATA_FIRST) : Optional.empty();
    return LegAddress.ofTransfer(callee).below(base);
  }

  /** A TwiML App, behind which usually a Studio flow stands. */
  record Application(String sid, Duration timeout) implements Destination {
    @Override
    public String twiml(CallSid callSid, FunctionCall call, String base) {
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put(SUMMARY, call.arguments().text(SUMMARY).orElse(""));
      call.caller(CallerSource.METADATA_FIRST)
          .ifPresent(caller -> texts.put(CallFields.CALLER, caller.address()));
      ParameterNames.of(call.arguments().besides(OURS), Application::ours)
          .forEach(
              (name, value) -> {
                if (value instanceof JsonString text) {
                  texts.put(name, text.getString());
                }
              });
      return Fitting.longest(
          Map.of(CallFields.ORIGINAL_CALL_SID, call.originalCallSid().orElse(callSid).value()),
          texts,
          parameters ->
              Twiml.response(
                  twiml -> twiml.dialApplication(action(call, base), timeout, sid, parameters)),
          LiveCalls::fits);
    }

    private static boolean ours(String name) {
      return OURS.contains(name.toLowerCase(Locale.ROOT));
    }
  }

  /** A queue of Flex; the words become attributes of the task that holds the caller. */
  record Workflow(String sid, QueueWait limit) implements Destination {
    @Override
    public String twiml(CallSid callSid, FunctionCall call, String base) {
      Optional<String> waitUrl = limit.url(base + "/");
      Map<String, String> context = new LinkedHashMap<>(CallContext.of(call));
      context.put(CallFields.ORIGINAL_CALL_SID, call.originalCallSid().orElse(callSid).value());
      Map<String, JsonValue> arguments = new LinkedHashMap<>();
      call.arguments().value(SUMMARY).ifPresent(summary -> arguments.put(SUMMARY, summary));
      arguments.putAll(call.arguments().besides(Set.of(SUMMARY)));
      return new TaskAttributes(context, arguments, CallContext.reserved(call))
          .within(
              json ->
                  Twiml.response(twiml -> twiml.enqueue(action(call, base), waitUrl, sid, json)),
              LiveCalls::fits);
    }
  }
}
