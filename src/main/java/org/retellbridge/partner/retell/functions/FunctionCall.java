package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

/**
 * One invocation of a function, as Retell sends it: {@code {name, call, args}}, or the arguments
 * alone ("Payload: args only"), which carry neither name nor call.
 */
public final class FunctionCall {
  private final Optional<String> name;
  private final Optional<RetellCall> call;
  private final Arguments arguments;
  private final Optional<KnownCall> known;

  private FunctionCall(
      Optional<String> name,
      Optional<RetellCall> call,
      Arguments arguments,
      Optional<KnownCall> known) {
    this.name = name;
    this.call = call;
    this.arguments = arguments;
    this.known = known;
  }

  /** Reads either shape. */
  static FunctionCall of(JsonObject body) {
    boolean wrapped =
        body.get("call") instanceof JsonObject
            || (body.get("args") instanceof JsonObject && JsonText.text(body, "name").isPresent());
    if (!wrapped) {
      return new FunctionCall(
          Optional.empty(), Optional.empty(), new Arguments(body), Optional.empty());
    }
    Optional<RetellCall> call =
        body.get("call") instanceof JsonObject object
            ? Optional.of(new RetellCall(object))
            : Optional.empty();
    JsonObject args =
        body.get("args") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    return new FunctionCall(
        JsonText.text(body, "name"), call, new Arguments(args), Optional.empty());
  }

  /** The same invocation, of a call that this bridge registered itself. */
  FunctionCall within(KnownCall registered) {
    return new FunctionCall(name, call, arguments, Optional.of(registered));
  }

  /** The tool's name in the user's agent; users choose it freely. Absent in args-only bodies. */
  public Optional<String> name() {
    return name;
  }

  /** Retell's call object; absent in args-only bodies. */
  public Optional<RetellCall> call() {
    return call;
  }

  public Arguments arguments() {
    return arguments;
  }

  /**
   * The arguments as the function's record.
   *
   * @throws InvalidArguments with a speakable sentence when one is missing or wrong
   */
  public <T extends Record> T arguments(Class<T> type) {
    return ArgumentBinding.of(type).bind(arguments);
  }

  public Optional<CallId> callId() {
    return call.flatMap(RetellCall::callId).or(() -> known.map(KnownCall::callId));
  }

  /** The live Twilio call behind this invocation; empty for calls from a browser. */
  public Optional<CallSid> callSid() {
    return call.flatMap(RetellCall::twilioCallSid).or(() -> known.map(KnownCall::callSid));
  }

  /** Whether the call came from a browser. */
  public boolean web() {
    return call.map(RetellCall::web).orElse(false);
  }

  /** Whom the call is about; empty when the caller is withheld or the body carries no call. */
  public Optional<Caller> caller(CallerSource source) {
    return call.flatMap(present -> present.caller(source == CallerSource.VARIABLES_FIRST))
        .or(() -> known.flatMap(KnownCall::caller));
  }

  /** Where the caller is looked for first. */
  public enum CallerSource {
    /** {@code call.metadata}, as the plain names of the original do. */
    METADATA_FIRST,
    /** {@code call.retell_llm_dynamic_variables}, as the {@code _dyn} names do. */
    VARIABLES_FIRST
  }
}
