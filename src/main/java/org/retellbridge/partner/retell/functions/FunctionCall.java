package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.EffectId;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

/**
 * One invocation of a function, as Retell sends it: {@code {name, call, args}}, the arguments
 * beside the call, or alone ("Payload: args only"), which carry neither name nor call.
 */
public final class FunctionCall {
  private final Optional<String> name;
  private final WhoseCall whose;
  private final Arguments arguments;
  private final Origin origin;
  private final Optional<EffectId> effect;

  private FunctionCall(
      Optional<String> name,
      WhoseCall whose,
      Arguments arguments,
      Origin origin,
      Optional<EffectId> effect) {
    this.name = name;
    this.whose = whose;
    this.arguments = arguments;
    this.origin = origin;
    this.effect = effect;
  }

  /** Reads either shape; what another vendor signed is never Retell's words, whatever its shape. */
  static FunctionCall of(JsonObject body, Origin origin) {
    if (!origin.retells()) {
      return of(Optional.empty(), Optional.empty(), new Arguments(body), origin);
    }
    if (!BodyShape.wrapped(body, origin.call())) {
      return of(Optional.empty(), Optional.empty(), Arguments.ofModel(body), origin);
    }
    Optional<RetellCall> call = BodyShape.conversation(body).map(RetellCall::new);
    Arguments arguments = Arguments.ofModel(BodyShape.arguments(body));
    return of(JsonText.text(body, "name"), call, arguments, origin);
  }

  private static FunctionCall of(
      Optional<String> name, Optional<RetellCall> call, Arguments arguments, Origin origin) {
    // In what Retell signed it would be the model's words.
    Optional<CallSid> signers = origin.callField().flatMap(arguments::text).flatMap(CallSid::parse);
    return new FunctionCall(
        name.or(() -> origin.inQuery("name")),
        new WhoseCall(call, Optional.empty(), signers),
        arguments,
        origin,
        Optional.empty());
  }

  /** The call that an args-only body leaves out and the tool's URL names. */
  Optional<CallId> namedCall() {
    return whose.told().isPresent() ? Optional.empty() : origin.call();
  }

  /** This invocation, with what this bridge itself knows of its call. */
  FunctionCall in(KnownCall registered) {
    return new FunctionCall(name, whose.in(registered), arguments, origin, effect);
  }

  /** This invocation, with the name of its effect. */
  FunctionCall causing(EffectId named) {
    return new FunctionCall(name, whose, arguments, origin, Optional.of(named));
  }

  /**
   * This invocation, for the time that somebody waits. Once its effect has its name nothing needs
   * the transcript any more, and thousands wait when a vendor is silent.
   */
  FunctionCall withoutTranscript() {
    return new FunctionCall(name, whose.withoutTranscript(), arguments, origin, effect);
  }

  /**
   * The name of what this invocation does to the world; the same for its repeats.
   *
   * @throws NoSuchElementException for a function with {@link RetellFunction.Effect#NONE}
   */
  public EffectId effect() {
    return effect.orElseThrow();
  }

  /** A value of the tool URL's query, such as {@code ?task_type=default}. */
  public Optional<String> inQuery(String name) {
    return origin.inQuery(name);
  }

  Origin origin() {
    return origin;
  }

  /**
   * The bridge's own address as Retell knows it, with any prefix and without a slash at the end.
   * Not to be asked of the request later: some servers know it in its own thread only.
   */
  public String base() {
    return origin.base();
  }

  /** The same, where there may be none. */
  Optional<EffectId> namedEffect() {
    return effect;
  }

  /**
   * Whether an agent's model reads the answer, of which it sees nothing unless the status is 200.
   * Whoever else asks goes by the status, as a Studio flow does.
   */
  public boolean modelReads() {
    return origin.retells();
  }

  /** What the user asked to wait on purpose ({@code ?delay=} in milliseconds), 0 to 60 s. */
  public Duration allowedDelay() {
    return origin.allowedDelay();
  }

  /**
   * The tool's name in the user's agent; users choose it freely. In args-only bodies it is absent,
   * and the tool's URL may say it: {@code ?name=place_order}.
   */
  public Optional<String> name() {
    return name;
  }

  /** Retell's call object, without what was said; absent in args-only bodies. */
  public Optional<RetellCall> call() {
    return whose.told();
  }

  /**
   * What the model gave, as it gave it and unchecked; of a request that another vendor signed, all
   * that the vendor sent.
   */
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

  /**
   * Retell's name of the call or chat; empty where the body carries none and the tool's URL names
   * no call that this bridge registered.
   */
  public Optional<CallId> callId() {
    return whose.callId();
  }

  /** The live Twilio call behind this invocation; empty for calls from a browser. */
  public Optional<CallSid> callSid() {
    return whose.callSid();
  }

  /**
   * The caller's own leg, by which the whole call is found; the live one may be a leg that a flow
   * brought here.
   */
  public Optional<CallSid> originalCallSid() {
    return whose.originalCallSid();
  }

  /** The live call as the vendor that signed the request names it itself. */
  Optional<CallSid> signersCall() {
    return whose.signers();
  }

  /** Whether it is a call from a browser, or a chat. */
  public boolean web() {
    return whose.web();
  }

  /** Whether the call is about the one who was called. */
  public boolean outbound() {
    return whose.outbound();
  }

  /** Whom the call is about; empty when the caller is withheld or the body carries no call. */
  public Optional<Caller> caller(CallerSource source) {
    return whose.caller(source);
  }
}
