package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.EffectId;
import org.retellbridge.foundation.ledger.InvocationKey;
import org.retellbridge.foundation.ledger.Kind;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

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

  /**
   * Else an agent without ids that asks again would get the first answer for a quarter of an hour.
   */
  @Test
  void countsEqualArgumentsForHalfAMinuteWhereAskingAgainDoesNoHarm() {
    Invocation invocation = Invocation.of(call("redirect", "one", ""));
    assertThat(
            OnlyOnce.effect("/redirect", RetellFunction.Effect.ONCE_PER_TOOL, true, invocation)
                .invocation()
                .window())
        .hasValue(Duration.ofSeconds(30));
    assertThat(
            OnlyOnce.effect("/send_sms", RetellFunction.Effect.ONCE_PER_CONTENT, false, invocation)
                .invocation()
                .window())
        .hasValue(Duration.ofMinutes(15));
  }

  /** Retell may write them into the request, into the transcript, or into both. */
  @Test
  void findsTheIdWhateverTheModelSaysMeanwhile() {
    String spoken = ",\"execution_message\":\"One moment, please.\"";
    for (String sent : List.of("", spoken)) {
      for (String written : List.of("", spoken, spoken.replace("One", "Just a"))) {
        String arguments = JsonText.string("{\"message\":\"one\"" + written + "}").toString();
        FunctionCall call =
            body(
                "{\"name\":\"send_sms\",\"call\":{\"call_id\":\"call_1\","
                    + "\"transcript_with_tool_calls\":["
                    + item("tool_7", "send_sms", arguments.substring(1, arguments.length() - 1))
                    + "]},\"args\":{\"message\":\"one\""
                    + sent
                    + "}}");
        assertThat(effect(call).invocation()).isEqualTo(InvocationKey.toolCall("tool_7"));
        assertThat(effect(call).content()).isEqualTo(effect(call("send_sms", "one", "")).content());
      }
    }
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

  /** Retell reads what the model wrote, and sends its own spelling of the numbers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "20                     | 20.0",
        "18.5                   | 1.850E1",
        "-20                    | -2000e-2",
        "0                      | -0",
        "0                      | 0.0",
        "0                      | 0E5",
        "1E+1000000000          | 10E+999999999",
        "0.1                    | 1E-1",
        "[1,{'a':2,'b':[3]}]    | [1.0,{'b':[3.0],'a':2.00}]",
      })
  void findsTheIdWhateverTheSpellingOfTheNumbers(String sent, String written) {
    assertThat(effect(order(sent, written, "tool_1", "tool_2")).invocation())
        .isEqualTo(InvocationKey.toolCall("tool_2"));
    assertThat(effect(order(written, sent, "tool_1")).content())
        .isEqualTo(effect(order(sent, written, "tool_1")).content());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "20          | 2",
        "20          | 200",
        "20          | -20",
        "20          | '20'",
        "1           | 1E-1000000000",
        "12          | 1.2",
        "[1,2]       | [2,1]",
        "[1,2]       | [12]",
        "{'a':'b'}   | {'a':'c'}",
        "{'a':true}  | {'a':'true'}",
      })
  void tellsOtherValuesApart(String sent, String written) {
    assertThat(effect(order(sent, written, "tool_1")).invocation())
        .isNotEqualTo(InvocationKey.toolCall("tool_1"));
  }

  /** Whatever bridge, of this version or an earlier one, saw it first. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "20", "1000000", "-450"})
  void keepsTheKeyOfWholeNumbers(String number) {
    Arguments arguments =
        new Arguments(JsonText.parseObject("{\"Total\":" + number + "}").orElseThrow());
    assertThat(arguments.normalised()).isEqualTo("total=" + number + "\n");
  }

  /** At the end of what an exponent can be. */
  @ParameterizedTest
  @ValueSource(strings = {"1E+2147483647", "100E+2147483647", "1E-2147483647"})
  void takesAnyNumberThatCanBeRead(String number) {
    assertThat(effect(order(number, number, "tool_1")).invocation())
        .isEqualTo(InvocationKey.toolCall("tool_1"));
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
    EffectId booked = effect(call("table_booked", "one", ""));
    EffectId cancelled = effect(call("table_cancelled", "one", ""));
    assertThat(cancelled.key()).isNotEqualTo(booked.key());
    assertThat(cancelled.content())
        .as("an SMS is the same under any name")
        .isEqualTo(booked.content());
  }

  @Test
  void takesNoNoticeOfWhatAFunctionDoesNotUse() throws NoSuchMethodException {
    FunctionCall plain = body("{\"args\":{\"message\":\"one\"},\"name\":\"text\"}");
    FunctionCall more = body("{\"args\":{\"Message\":\"one\",\"to\":\"+61\"},\"name\":\"text\"}");
    FunctionCall other = body("{\"args\":{\"message\":\"two\"},\"name\":\"text\"}");

    assertThat(content("text", more)).isEqualTo(content("text", plain));
    assertThat(content("text", other)).isNotEqualTo(content("text", plain));
    assertThat(content("passOn", more)).isNotEqualTo(content("passOn", plain));
  }

  private static Optional<String> content(String function, FunctionCall call)
      throws NoSuchMethodException {
    RetellFunction annotation =
        FunctionMethods.annotation(Functions.class.getDeclaredMethod(function));
    return OnlyOnce.effect("/function", annotation, call).content();
  }

  /** Two that differ in one word. */
  private static final class Functions {
    record Text(String message) {}

    @RetellFunction(
        arguments = Text.class,
        effect = RetellFunction.Effect.ONCE_PER_CONTENT,
        ignoresOtherArguments = true)
    void text() {}

    @RetellFunction(arguments = Text.class, effect = RetellFunction.Effect.ONCE_PER_CONTENT)
    void passOn() {}
  }

  /** Whatever the signatures. */
  @Test
  void tellsTheRepeatsInAChatByItsId() {
    EffectId first = inChat("chat_1", "", "v=1,d=a");
    assertThat(inChat("chat_1", "", "v=2,d=b").key()).isEqualTo(first.key());
    assertThat(inChat("chat_2", "", "v=1,d=a").key()).isNotEqualTo(first.key());
    String item = item("tool_1", "task", "{\\\"summary\\\":\\\"one\\\"}");
    assertThat(inChat("chat_1", item, "v=1,d=a").invocation())
        .isEqualTo(InvocationKey.toolCall("tool_1"));
  }

  private static EffectId inChat(String id, String items, String signature) {
    String body =
        "{\"name\":\"task\",\"chat\":{\"chat_id\":\""
            + id
            + "\",\"message_with_tool_calls\":["
            + items
            + "]},\"args\":{\"summary\":\"one\"}}";
    return effect(
        FunctionCall.of(
            CallBody.parse(body).orElseThrow(), TestFunctionCalls.retell(Map.of(), signature)));
  }

  @Test
  void letsOnlyWhatReplacesEarlierWordsTakeTheirPlace() {
    Invocation one = Invocation.of(call("save", "one", ""));
    assertThat(
            Stream.of(RetellFunction.Effect.values())
                .filter(effect -> effectOf("/save", effect, one).replacing()))
        .containsExactly(RetellFunction.Effect.OWED_LATEST);
    assertThat(
            Stream.of(RetellFunction.Effect.values())
                .filter(effect -> effectOf("/save", effect, one).kind().idempotent()))
        .containsExactly(RetellFunction.Effect.OWED, RetellFunction.Effect.OWED_LATEST);
  }

  @Test
  void keepsCallsAndFunctionsApart() {
    FunctionCall one = call("send_sms", "one", "");
    FunctionCall other =
        body(
            "{\"call\":{\"call_id\":\"call_2\"},\"name\":\"send_sms\",\"args\":{\"message\":\"one\"}}");
    assertThat(effect(other).key()).isNotEqualTo(effect(one).key());
    assertThat(
            effectOf("/create_task", RetellFunction.Effect.ONCE_PER_CONTENT, Invocation.of(one))
                .key())
        .isNotEqualTo(effect(one).key());
  }

  /** A company's paths are its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/crm/customers/orders/status_of_the_latest", "/2fa_code", "/-", "/", "/Ωmega"})
  void hasAKindForEveryPath(String path) {
    FunctionCall call = call("tool", "one", "");
    assertThat(effectOf(path, RetellFunction.Effect.ONCE, Invocation.of(call)).kind().name())
        .matches("own-[a-z0-9_-]{0,25}-[0-9a-f]{8}");
  }

  @Test
  void keepsTheKindsOfUsualPaths() {
    FunctionCall call = call("tool", "one", "");
    assertThat(
            Stream.of("/send_sms", "/Order.Status/{id}", "/" + "a".repeat(40))
                .map(
                    path ->
                        effectOf(path, RetellFunction.Effect.ONCE, Invocation.of(call))
                            .kind()
                            .name()))
        .containsExactly("send_sms", "order-status--id-", "a".repeat(40));
    assertThat(Kind.nameOf("b".repeat(41))).isNotEqualTo(Kind.nameOf("b".repeat(42)));
  }

  @Test
  void tellsTwoToolsOfOnePathApart() {
    EffectId voice = taskOf(Map.of("task_type", "voice", "call_id", "call_1", "delay", "1"));
    assertThat(taskOf(Map.of("task_type", "voice")).content()).isEqualTo(voice.content());
    assertThat(taskOf(Map.of("task_type", "callback")).content()).isNotEqualTo(voice.content());
    assertThat(taskOf(Map.of("task_type", "callback")).key()).isNotEqualTo(voice.key());
  }

  /** The model asks for a person in ever new words; a second transfer would take the first away. */
  @Test
  void takesOneToolForOneEffectWhateverItsArguments() {
    EffectId refund = transfer(Map.of("workflowSid", "WW1"), "wants a refund");
    EffectId angry = transfer(Map.of("workflowSid", "WW1"), "is angry, wants a refund");
    EffectId elsewhere = transfer(Map.of("workflowSid", "WW2"), "wants a refund");
    assertThat(angry.content()).isEqualTo(refund.content());
    assertThat(angry.key()).isNotEqualTo(refund.key());
    assertThat(elsewhere.content()).isNotEqualTo(refund.content());
  }

  private static EffectId transfer(Map<String, String> query, String summary) {
    var json =
        JsonText.parseObject(
            "{\"call\":{\"call_id\":\"call_1\"},\"args\":{\"Summary\":\"" + summary + "\"}}");
    return effectOf(
        "/redirect",
        RetellFunction.Effect.ONCE_PER_TOOL,
        Invocation.of(TestFunctionCalls.of(json.orElseThrow(), query)));
  }

  private static EffectId taskOf(Map<String, String> query) {
    var json =
        JsonText.parseObject(
            "{\"name\":\"task\",\"call\":{\"call_id\":\"call_1\"},\"args\":{\"a\":1}}");
    return effectOf(
        "/create_task",
        RetellFunction.Effect.ONCE_PER_CONTENT,
        Invocation.of(TestFunctionCalls.of(json.orElseThrow(), query)));
  }

  /** Two callers' equal words must not be taken for one effect. */
  @Test
  void tellsBodiesWithoutACallApartByTheirSignature() {
    var json = JsonText.parseObject("{\"message\":\"one\"}").orElseThrow();
    EffectId one = effect(FunctionCall.of(json, TestFunctionCalls.retell(Map.of(), "v=1,d=a")));
    EffectId repeat = effect(FunctionCall.of(json, TestFunctionCalls.retell(Map.of(), "v=1,d=a")));
    EffectId other = effect(FunctionCall.of(json, TestFunctionCalls.retell(Map.of(), "v=2,d=b")));
    assertThat(repeat.key()).isEqualTo(one.key());
    assertThat(other.key()).isNotEqualTo(one.key());
  }

  /** A web call, say, or one that the ledger does not tell in time; each try is signed anew. */
  @Test
  void tellsTheRepeatsOfAnUnknownCallByItsNameInTheUrl() {
    FunctionCall first = argsOnly("call_7", "v=1,d=a");
    assertThat(effect(argsOnly("call_7", "v=2,d=b")).key()).isEqualTo(effect(first).key());
    assertThat(effect(argsOnly("call_8", "v=1,d=a")).key()).isNotEqualTo(effect(first).key());
    assertThat(effect(argsOnly("{{call_id}}", "v=1,d=a")).call()).isEqualTo("signed:v=1,d=a");
    KnownCall known =
        new KnownCall(new CallId("call_7"), new CallSid(SID), false, Caller.parse("+61400000001"));
    assertThat(effect(first.in(known)).key())
        .as("the ledger told it in time")
        .isEqualTo(effect(first).key());
    assertThat(first.callId()).as("it names the effect alone").isEmpty();
    assertThat(first.caller(CallerSource.METADATA_FIRST)).isEmpty();
  }

  private static FunctionCall argsOnly(String callId, String signature) {
    return FunctionCall.of(
        JsonText.object().add("message", "one").build(),
        TestFunctionCalls.retell(Map.of("call_id", callId), signature));
  }

  @Test
  void takesTwiliosWordForItsCall() {
    EffectId first = ofTwilio("CallSid", SID, Optional.empty());
    assertThat(ofTwilio("callsid", SID, Optional.empty()).key()).isEqualTo(first.key());
    assertThat(ofTwilio("CallSid", OTHER_SID, Optional.empty()).call()).isNotEqualTo(first.call());
    EffectId marked = ofTwilio("CallSid", SID, Optional.of("token"));
    assertThat(marked.invocation()).isEqualTo(InvocationKey.toolCall("token"));
    assertThat(marked.content()).isEqualTo(first.content());
    assertThat(marked.call()).isEqualTo(SID);
    assertThat(fromTwilio("CallSid", SID, Optional.empty()).callSid()).hasValue(new CallSid(SID));
  }

  /** Also where the node died over it, and the ledger alone knows of it. */
  @Test
  void keepsItForThoseWhoGoByTheStatusThatNobodyKnows() throws NoSuchMethodException {
    RetellFunction function = FunctionMethods.annotation(Functions.class.getDeclaredMethod("text"));
    JsonObject body = JsonText.object().add("summary", "call back").build();
    FunctionCall flows =
        FunctionCall.of(body, TestFunctionCalls.twilios(Map.of(), Optional.empty()));
    FunctionCall agents = TestFunctionCalls.of(body, Map.of());

    assertThat(unconfirmed(function, flows).status()).isEqualTo(500);
    assertThat(unconfirmed(function, agents).status()).isEqualTo(200);
    assertThat(unconfirmed(function, flows).body()).isEqualTo(unconfirmed(function, agents).body());
  }

  private static Answer unconfirmed(RetellFunction function, FunctionCall call) {
    return Answer.repeated(OnlyOnce.effect("/create_task", function, call).kind().unconfirmed());
  }

  @Test
  void takesNoOtherWordForACall() {
    assertThat(ofTwilio("CallSid", "CA1", Optional.empty()).call()).startsWith("signed:");
    var json = JsonText.parseObject("{\"CallSid\":\"" + SID + "\"}").orElseThrow();
    assertThat(effect(TestFunctionCalls.of(json, Map.of())).call()).isEqualTo("signed:signature");
    assertThat(TestFunctionCalls.of(json, Map.of()).callSid()).isEmpty();
    FunctionCall thirds = FunctionCall.of(json, TestFunctionCalls.thirds());
    assertThat(thirds.callSid()).isEmpty();
    assertThat(effect(thirds).call()).startsWith("signed:");
  }

  private static EffectId ofTwilio(String field, String call, Optional<String> token) {
    return effectOf(
        "/create_task",
        RetellFunction.Effect.ONCE_PER_CONTENT,
        Invocation.of(fromTwilio(field, call, token)));
  }

  private static FunctionCall fromTwilio(String field, String call, Optional<String> token) {
    var json = JsonText.object().add(field, call).add("summary", "call back").build();
    return FunctionCall.of(json, TestFunctionCalls.twilios(Map.of(), token));
  }

  private static EffectId effect(FunctionCall call) {
    return effectOf("/send_sms", RetellFunction.Effect.ONCE_PER_CONTENT, Invocation.of(call));
  }

  private static EffectId effectOf(
      String path, RetellFunction.Effect effect, Invocation invocation) {
    return OnlyOnce.effect(path, effect, false, invocation);
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

  /** With {@code '} for the quotation mark. */
  private static FunctionCall order(String total, String written, String... ids) {
    String arguments = JsonText.string("{\"total\":" + quoted(written) + "}").toString();
    String transcript =
        Stream.of(ids)
            .map(id -> item(id, "order", arguments.substring(1, arguments.length() - 1)))
            .collect(Collectors.joining(","));
    return body(
        "{\"name\":\"order\",\"call\":{\"call_id\":\"call_1\",\"transcript_with_tool_calls\":["
            + transcript
            + "]},\"args\":{\"total\":"
            + quoted(total)
            + "}}");
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
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
