package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.EffectId;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

/**
 * One invocation of a function, as Retell sends it: {@code {name, call, args}}, or the arguments
 * alone ("Payload: args only"), which carry neither name nor call.
 */
public final class FunctionCall {
  private static final int LONGEST_KEY = 64;
  private static final int LONGEST_NAME = 64;
  private static final Set<String> ASIDE = Set.of("call_id", "delay");

  private final Optional<String> name;
  private final Optional<RetellCall> call;
  private final Arguments arguments;
  private final Origin origin;
  private final Optional<KnownCall> known;
  private final Optional<EffectId> effect;

  private FunctionCall(
      Optional<String> name,
      Optional<RetellCall> call,
      Arguments arguments,
      Origin origin,
      Optional<KnownCall> known,
      Optional<EffectId> effect) {
    this.name = name;
    this.call = call;
    this.arguments = arguments;
    this.origin = origin;
    this.known = known;
    this.effect = effect;
  }

  /**
   * Where an invocation came from, beside its body.
   *
   * @param query the decoded query of the tool's URL
   * @param signature what only repeats of the request share: the mark of the vendor that signed it
   * @param base this bridge's own address, as whoever invoked it knows it
   * @param retells whether Retell signed it; another vendor's fields are its own words, not a
   *     model's
   * @param token another vendor's mark of a request and its repeats, if it has one
   * @param callField the argument in which that vendor itself names the live call, if it does
   */
  record Origin(
      Map<String, String> query,
      String signature,
      String base,
      boolean retells,
      Optional<String> token,
      Optional<String> callField) {

    private Optional<String> inQuery(String name) {
      return Optional.ofNullable(query.get(name))
          .filter(value -> !value.isBlank() && !Caller.isPlaceholder(value));
    }

    /** The call that {@code ?call_id={{call_id}}} names. */
    private Optional<CallId> call() {
      return inQuery("call_id").flatMap(CallId::parse);
    }
  }

  /** Reads either shape; what another vendor signed is never Retell's words, whatever its shape. */
  static FunctionCall of(JsonObject body, Origin origin) {
    if (!origin.retells() || !BodyShape.wrapped(body, origin.call())) {
      return of(Optional.empty(), Optional.empty(), new Arguments(body), origin);
    }
    Optional<RetellCall> call = BodyShape.conversation(body).map(RetellCall::new);
    JsonObject args =
        body.get("args") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    return of(JsonText.text(body, "name"), call, new Arguments(args), origin);
  }

  private static FunctionCall of(
      Optional<String> name, Optional<RetellCall> call, Arguments arguments, Origin origin) {
    return new FunctionCall(
        name.or(() -> origin.inQuery("name")),
        call,
        arguments,
        origin,
        Optional.empty(),
        Optional.empty());
  }

  /** The call that an args-only body leaves out and the tool's URL names. */
  Optional<CallId> namedCall() {
    return call.isPresent() ? Optional.empty() : origin.call();
  }

  /** This invocation, with what this bridge itself knows of its call. */
  FunctionCall in(KnownCall registered) {
    return new FunctionCall(name, call, arguments, origin, Optional.of(registered), effect);
  }

  /** This invocation, with the name of its effect. */
  FunctionCall causing(EffectId named) {
    return new FunctionCall(name, call, arguments, origin, known, Optional.of(named));
  }

  /**
   * This invocation, for the time that somebody waits. Once its effect has its name nothing needs
   * the transcript any more, and thousands wait when a vendor is silent.
   */
  FunctionCall withoutTranscript() {
    return new FunctionCall(
        name, call.map(RetellCall::withoutTranscript), arguments, origin, known, effect);
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

  /**
   * What the tool's URL adds to the arguments, in one spelling: two tools at one path, say for two
   * sorts of tasks, are not each other's repeats. Which call it is and how long to wait say nothing
   * of what is done.
   */
  String purpose() {
    return origin.query().entrySet().stream()
        .filter(value -> !ASIDE.contains(value.getKey()))
        .map(value -> value.getKey() + "=" + value.getValue())
        .sorted()
        .collect(Collectors.joining("&"));
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

  /** Tells this invocation from others in the journal: at most 64 characters. */
  String journalKey() {
    String signed = origin.signature();
    return effect
        .map(EffectId::key)
        .orElse(signed.substring(Math.max(0, signed.length() - LONGEST_KEY)));
  }

  /** The name as far as it may stand in a log. */
  String safeName() {
    return name.filter(text -> text.length() <= LONGEST_NAME && Names.plain(text)).orElse("-");
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
    return inQuery("delay").map(FunctionCall::delay).orElse(Duration.ZERO);
  }

  /** As the original: what cannot be parsed is 0. */
  private static Duration delay(String text) {
    String digits = text.strip().replaceFirst("^([0-9]{1,9}).*$", "$1");
    return digits.matches("[0-9]{1,9}")
        ? Duration.ofMillis(Math.min(60_000, Long.parseLong(digits)))
        : Duration.ZERO;
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
    return call;
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
    return call.flatMap(RetellCall::callId).or(() -> known.map(KnownCall::callId));
  }

  /** The live Twilio call behind this invocation; empty for calls from a browser. */
  public Optional<CallSid> callSid() {
    return call.flatMap(RetellCall::twilioCallSid)
        .or(() -> known.map(KnownCall::callSid))
        .or(this::vendors);
  }

  /**
   * The caller's own leg, by which the whole call is found; the live one may be a leg that a flow
   * brought here.
   */
  public Optional<CallSid> originalCallSid() {
    return call.flatMap(RetellCall::originalCallSid).or(this::callSid);
  }

  /** As the vendor that signed it names it itself; in Retell's it would be the model's words. */
  Optional<CallSid> vendors() {
    return origin.callField().flatMap(arguments::text).flatMap(CallSid::parse);
  }

  /** Whether it is a call from a browser, or a chat. */
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
