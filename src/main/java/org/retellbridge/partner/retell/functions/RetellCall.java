package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.CallFields;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

/**
 * Retell's call object, of which every field may be absent, and what was said in the call always
 * is. A chat is a call that came from a browser.
 */
public final class RetellCall {
  static final String CHAT_ID = "chat_id";

  /** Of a call, and of a chat. */
  private static final List<String> WITH_TOOL_CALLS =
      List.of("transcript_with_tool_calls", "message_with_tool_calls");

  /** A telephone's, without the plus that no JSON number has. */
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{6,14}");

  private static final String CALL_ID = "call_id";
  private static final String FROM = "from_number";
  private static final String TO = "to_number";
  private static final String METADATA = "metadata";
  private static final String VARIABLES = "retell_llm_dynamic_variables";

  private final JsonObject call;

  /**
   * @param call signed; as {@link CallBody} reads it
   */
  public RetellCall(JsonObject call) {
    this.call = call;
  }

  public Optional<CallId> callId() {
    return text(CALL_ID).or(() -> text(CHAT_ID)).flatMap(CallId::parse);
  }

  /** Whether an object says which call or chat it is. */
  static boolean named(JsonObject told) {
    return JsonText.text(told, CALL_ID).or(() -> JsonText.text(told, CHAT_ID)).isPresent();
  }

  /** Whether it came from a browser, which may have written metadata and variables itself. */
  public boolean web() {
    return text("call_type").map("web_call"::equals).orElse(false) || chat();
  }

  private boolean chat() {
    return text(CALL_ID).isEmpty() && text(CHAT_ID).isPresent();
  }

  public boolean outbound() {
    return text("direction").map("outbound"::equals).orElse(false);
  }

  public Optional<String> agentId() {
    return text("agent_id");
  }

  /** The address that the call comes from. */
  public Optional<String> from() {
    return text(FROM);
  }

  /** The address that the call goes to. */
  public Optional<String> to() {
    return text(TO);
  }

  /** The Twilio call that this bridge registered; never taken from a browser. */
  public Optional<CallSid> twilioCallSid() {
    return registered(CallFields.CALL_SID);
  }

  /** The caller's own leg, where the agent was on another one; never taken from a browser. */
  Optional<CallSid> originalCallSid() {
    return registered(CallFields.ORIGINAL_CALL_SID);
  }

  private Optional<CallSid> registered(String field) {
    return web()
        ? Optional.empty()
        : in(METADATA, field).or(() -> in(VARIABLES, field)).flatMap(CallSid::parse);
  }

  /**
   * Whom the call is about: of an outbound call the callee, of every other the caller.
   *
   * @param source what goes first; the call's own numbers come last in either case
   */
  public Optional<Caller> caller(CallerSource source) {
    boolean variablesFirst = source == CallerSource.VARIABLES_FIRST;
    String field = outbound() ? TO : FROM;
    String first = variablesFirst ? VARIABLES : METADATA;
    String second = variablesFirst ? METADATA : VARIABLES;
    return in(first, field)
        .map(said -> inFull(said, field))
        .flatMap(Caller::parse)
        .or(() -> in(second, field).map(said -> inFull(said, field)).flatMap(Caller::parse))
        .or(() -> text(field).flatMap(Caller::parse));
  }

  /** A number that was written as one has lost its plus sign, which the call's own may have. */
  private String inFull(String said, String field) {
    return text(field).filter(("+" + said)::equals).orElse(said);
  }

  /** A field of the call itself, when it is a text. */
  public Optional<String> text(String name) {
    return JsonText.text(call, name);
  }

  /** Invocations of functions in this call, the newest first, mapped and the first match taken. */
  <T> Optional<T> newestInvocation(Function<JsonObject, Optional<T>> match) {
    return WITH_TOOL_CALLS.stream()
        .map(call::get)
        .filter(JsonArray.class::isInstance)
        .findFirst()
        .flatMap(items -> newest(items.asJsonArray(), match));
  }

  private static <T> Optional<T> newest(JsonArray items, Function<JsonObject, Optional<T>> match) {
    for (int i = items.size() - 1; i >= 0; i--) {
      if (isInvocation(items.get(i))) {
        Optional<T> found = match.apply(items.getJsonObject(i));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  static boolean isInvocation(JsonValue item) {
    return item instanceof JsonObject object
        && JsonText.text(object, "role").map("tool_call_invocation"::equals).orElse(false);
  }

  /** Whether a field holds what was said together with invocations of functions. */
  static boolean holdsInvocations(String field) {
    return WITH_TOOL_CALLS.contains(field);
  }

  /** Whether a field holds what was said, in whatever form. */
  static boolean isTranscript(String field) {
    return field.contains("transcript") || holdsInvocations(field);
  }

  /** The same call, for those who wait: without the invocations of functions too. */
  RetellCall withoutTranscript() {
    JsonObjectBuilder rest = JsonText.object();
    call.forEach(
        (field, value) -> {
          if (!isTranscript(field)) {
            rest.add(field, value);
          }
        });
    return new RetellCall(rest.build());
  }

  private Optional<String> in(String object, String name) {
    return call.get(object) instanceof JsonObject fields
        ? said(fields.get(name)).filter(text -> !Caller.absent(text))
        : Optional.empty();
  }

  /** Whoever starts a call writes its metadata, and some write a number as one. */
  private static Optional<String> said(JsonValue value) {
    if (value instanceof JsonString text) {
      return Optional.of(text.getString());
    }
    return value instanceof JsonNumber number
        ? Optional.of(number.toString()).filter(digits -> NUMBER.matcher(digits).matches())
        : Optional.empty();
  }
}
