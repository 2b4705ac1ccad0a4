package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Effect;
import org.retellbridge.foundation.ledger.InvocationKey;
import org.retellbridge.foundation.ledger.Kind;

/** Which invocations are the same to the ledger. */
class OnlyOnceKeyTest {
  private static final String TRANSCRIPT =
      item("tool_1", "send_sms", "{\\\"message\\\":\\\"one\\\"}")
          + ","
          + item("tool_2", "send_sms", "{\\\"Message\\\":\\\"two\\\"}")
          + ","
          + "{\"role\":\"tool_call_result\",\"tool_call_id\":\"tool_9\",\"content\":\"x\"},"
          + item("tool_3", "lookup", "{\\\"message\\\":\\\"one\\\"}");

  private static final String SID = "CA0000000000000000000000000000000e";
  private static final String OTHER_SID = "CA0000000000000000000000000000000f";

  @Test
  void isNamedByTheModelsOwnIdOfTheNewestInvocationThatMatches() {
    assertThat(effect(call("send_sms", "one", TRANSCRIPT)).key())
        .isEqualTo(
            effect(
                    call(
                        "send_sms",
                        "one",
                        item("tool_1", "send_sms", "{\\\"message\\\":\\\"one\\\"}")))
                .key())
        .isNotEqualTo(effect(call("send_sms", "two", TRANSCRIPT)).key());
    String again = TRANSCRIPT + "," + item("tool_4", "send_sms", "{\\\"message\\\":\\\"one\\\"}");
    assertThat(effect(call("send_sms", "one", again)).key())
        .isNotEqualTo(effect(call("send_sms", "one", TRANSCRIPT)).key());
  }

  @Test
  void takesNoIdOfAnotherFunctionOrOfOtherArguments() {
    String others =
        item("tool_1", "lookup", "{\\\"message\\\":\\\"one\\\"}")
            + ","
            + item("tool_2", "send_sms", "{\\\"message\\\":\\\"other\\\"}")
            + ",7,{\"role\":\"tool_call_invocation\",\"name\":\"send_sms\",\"arguments\":\"{\"}";
    assertThat(effect(call("send_sms", "one", others)).key())
        .isEqualTo(effect(call("send_sms", "one", "")).key());
  }

  @Test
  void isNamedByTheArgumentsWhereTheTranscriptHasNoId() {
    String key = effect(call("send_sms", "one", "")).key();
    assertThat(
            effect(
                    body(
                        "{\"call\":{\"call_id\":\"call_1\"},\"name\":\"send_sms\",\"args\":{\"MESSAGE\":\"one\"}}"))
                .key())
        .isEqualTo(key);
    assertThat(effect(call("send_sms", "two", "")).key()).isNotEqualTo(key);
  }

  /** At {@code /add_event} the tool's name is what happened. */
  @Test
  void tellsTwoToolsApartThatSayTheSame() {
    Effect booked = effect(call("table_booked", "one", ""));
    Effect cancelled = effect(call("table_cancelled", "one", ""));
    assertThat(cancelled.key()).isNotEqualTo(booked.key());
    assertThat(cancelled.content())
        .as("an SMS is the same under any name")
        .isEqualTo(booked.content());
  }

  @Test
  void keepsCallsAndFunctionsApart() {
    FunctionCall one = call("send_sms", "one", "");
    FunctionCall other =
        body(
            "{\"call\":{\"call_id\":\"call_2\"},\"name\":\"send_sms\",\"args\":{\"message\":\"one\"}}");
    assertThat(effect(other).key()).isNotEqualTo(effect(one).key());
    assertThat(OnlyOnce.effect("/create_task", RetellFunction.Effect.ONCE_PER_CONTENT, one).key())
        .isNotEqualTo(effect(one).key());
  }

  /** A company's paths are its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/crm/customers/orders/status_of_the_latest", "/2fa_code", "/-", "/", "/Ωmega"})
  void hasAKindForEveryPath(String path) {
    FunctionCall call = call("tool", "one", "");
    assertThat(OnlyOnce.effect(path, RetellFunction.Effect.ONCE, call).kind().name())
        .matches("own-[a-z0-9_-]{0,25}-[0-9a-f]{8}");
  }

  @Test
  void keepsTheKindsOfUsualPaths() {
    FunctionCall call = call("tool", "one", "");
    assertThat(
            Stream.of("/send_sms", "/Order.Status/{id}", "/" + "a".repeat(40))
                .map(path -> OnlyOnce.effect(path, RetellFunction.Effect.ONCE, call).kind().name()))
        .containsExactly("send_sms", "order-status--id-", "a".repeat(40));
    assertThat(Kind.nameOf("b".repeat(41))).isNotEqualTo(Kind.nameOf("b".repeat(42)));
  }

  @Test
  void tellsTwoToolsOfOnePathApart() {
    Effect voice = taskOf(Map.of("task_type", "voice", "call_id", "call_1", "delay", "1"));
    assertThat(taskOf(Map.of("task_type", "voice")).content()).isEqualTo(voice.content());
    assertThat(taskOf(Map.of("task_type", "callback")).content()).isNotEqualTo(voice.content());
    assertThat(taskOf(Map.of("task_type", "callback")).key()).isNotEqualTo(voice.key());
  }

  private static Effect taskOf(Map<String, String> query) {
    var json = JsonText.parseObject("{\"call\":{\"call_id\":\"call_1\"},\"args\":{\"a\":1}}");
    return OnlyOnce.effect(
        "/create_task",
        RetellFunction.Effect.ONCE_PER_CONTENT,
        TestFunctionCalls.of(json.orElseThrow(), query));
  }

  /** Two callers' equal words must not be taken for one effect. */
  @Test
  void tellsBodiesWithoutACallApartByTheirSignature() {
    var json = JsonText.parseObject("{\"message\":\"one\"}").orElseThrow();
    Effect one = effect(FunctionCall.of(json, TestFunctionCalls.retell(Map.of(), "v=1,d=a")));
    Effect repeat = effect(FunctionCall.of(json, TestFunctionCalls.retell(Map.of(), "v=1,d=a")));
    Effect other = effect(FunctionCall.of(json, TestFunctionCalls.retell(Map.of(), "v=2,d=b")));
    assertThat(repeat.key()).isEqualTo(one.key());
    assertThat(other.key()).isNotEqualTo(one.key());
  }

  @Test
  void takesTwiliosWordForItsCall() {
    Effect first = ofTwilio("CallSid", SID, Optional.empty());
    assertThat(ofTwilio("callsid", SID, Optional.empty()).key()).isEqualTo(first.key());
    assertThat(ofTwilio("CallSid", OTHER_SID, Optional.empty()).call()).isNotEqualTo(first.call());
    Effect marked = ofTwilio("CallSid", SID, Optional.of("token"));
    assertThat(marked.invocation()).isEqualTo(InvocationKey.toolCall("token"));
    assertThat(marked.content()).isEqualTo(first.content());
    assertThat(marked.call()).isEqualTo(SID);
  }

  @Test
  void takesNoOtherWordForACall() {
    assertThat(ofTwilio("CallSid", "CA1", Optional.empty()).call()).startsWith("signed:");
    var json = JsonText.parseObject("{\"CallSid\":\"" + SID + "\"}").orElseThrow();
    assertThat(effect(TestFunctionCalls.of(json, Map.of())).call()).isEqualTo("signed:signature");
  }

  private static Effect ofTwilio(String field, String call, Optional<String> token) {
    var json = JsonText.object().add(field, call).add("summary", "call back").build();
    String signature = token.orElseGet(() -> UUID.randomUUID().toString());
    return OnlyOnce.effect(
        "/create_task",
        RetellFunction.Effect.ONCE_PER_CONTENT,
        FunctionCall.of(json, new FunctionCall.Origin(Map.of(), signature, "", false, token)));
  }

  private static Effect effect(FunctionCall call) {
    return OnlyOnce.effect("/send_sms", RetellFunction.Effect.ONCE_PER_CONTENT, call);
  }

  private static FunctionCall call(String name, String message, String transcript) {
    return body(
        "{\"name\":\""
            + name
            + "\",\"call\":{\"call_id\":\"call_1\",\"transcript_with_tool_calls\":["
            + transcript
            + "]},\"args\":{\"message\":\""
            + message
            + "\"}}");
  }

  private static FunctionCall body(String json) {
    return TestFunctionCalls.of(JsonText.parseObject(json).orElseThrow(), Map.of());
  }

  private static String item(String id, String name, String arguments) {
    return "{\"role\":\"tool_call_invocation\",\"tool_call_id\":\""
        + id
        + "\",\"name\":\""
        + name
        + "\",\"arguments\":\""
        + arguments
        + "\"}";
  }
}
