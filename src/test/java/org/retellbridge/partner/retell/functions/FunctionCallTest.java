package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.partner.retell.functions.CallerSource.METADATA_FIRST;
import static org.retellbridge.partner.retell.functions.CallerSource.VARIABLES_FIRST;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

class FunctionCallTest {
  private static final String META = "\"metadata\":{\"from_number\":\"+61491570001\"}";
  private static final String VARIABLES =
      "\"retell_llm_dynamic_variables\":{\"from_number\":\"+61491570002\"}";
  private static final String OWN = "\"from_number\":\"+61491570003\"";
  private static final KnownCall KNOWN =
      new KnownCall(
          new CallId("call_7"),
          new CallSid("CA00000000000000000000000000000007"),
          false,
          Caller.parse("+61491570007"));

  @Test
  void takesTheCallerFromTheSourceThatTheFunctionPrefers() {
    String call = META + "," + VARIABLES + "," + OWN;
    assertThat(caller(call, METADATA_FIRST)).isEqualTo("+61491570001");
    assertThat(caller(call, VARIABLES_FIRST)).isEqualTo("+61491570002");
  }

  @Test
  void takesTheOtherSourceThenTheCallsOwnNumber() {
    assertThat(caller(VARIABLES + "," + OWN, METADATA_FIRST)).isEqualTo("+61491570002");
    assertThat(caller(META + "," + OWN, VARIABLES_FIRST)).isEqualTo("+61491570001");
    assertThat(caller(OWN, METADATA_FIRST)).isEqualTo("+61491570003");
    assertThat(caller("\"call_id\":\"call_1\"", METADATA_FIRST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{{from_number}}",
        "anonymous",
        "Anonymous",
        "restricted",
        "unknown",
        "unavailable",
        "+266696687",
        "+7378742833"
      })
  void passesByASourceThatSaysNothing(String nothing) {
    String call =
        "\"metadata\":{\"from_number\":\""
            + nothing
            + "\"},\"retell_llm_dynamic_variables\":{\"from_number\":7},"
            + OWN;
    assertThat(caller(call, METADATA_FIRST)).isEqualTo("+61491570003");
    assertThat(caller(call, VARIABLES_FIRST)).isEqualTo("+61491570003");
    assertThat(caller("\"from_number\":\"" + nothing + "\"", METADATA_FIRST)).isEmpty();
  }

  /** The digits alone are nobody's telephone, and nobody's profile but the original's. */
  @Test
  void knowsTheCallsOwnNumberByItsDigits() {
    String own = ",\"from_number\":\"+61400000001\"";
    for (String written : List.of("61400000001", "\"61400000001\"")) {
      String metadata = "\"metadata\":{\"from_number\":" + written + "}";
      assertThat(caller(metadata + own, METADATA_FIRST)).isEqualTo("+61400000001");
      assertThat(caller(metadata + own.replace("1\"", "2\""), METADATA_FIRST))
          .isEqualTo("61400000001");
    }
  }

  /** The original took a JSON number for its digits. */
  @ParameterizedTest
  @CsvSource({
    "61400000001,61400000001",
    "7,''",
    "6.1e10,''",
    "61400000001.5,''",
    "-61400000001,''",
    "1234567890123456,''",
    "true,''"
  })
  void takesAWholeNumberForTheDigitsThatItHas(String number, String caller) {
    for (String source : List.of("metadata", "retell_llm_dynamic_variables")) {
      assertThat(caller("\"" + source + "\":{\"from_number\":" + number + "}", METADATA_FIRST))
          .isEqualTo(caller);
    }
  }

  @Test
  void isAboutTheCalleeOfAnOutboundCallInEverySource() {
    String numbers = "\"from_number\":\"+61255500000\",\"to_number\":\"+6149157000";
    String outbound = "\"direction\":\"outbound\",";
    assertThat(caller(outbound + "\"metadata\":{" + numbers + "4\"}", METADATA_FIRST))
        .isEqualTo("+61491570004");
    assertThat(
            caller(
                outbound + "\"retell_llm_dynamic_variables\":{" + numbers + "5\"}",
                VARIABLES_FIRST))
        .isEqualTo("+61491570005");
    assertThat(caller(outbound + numbers + "6\"", METADATA_FIRST)).isEqualTo("+61491570006");
    assertThat(caller("\"direction\":\"sideways\"," + numbers + "6\"", METADATA_FIRST))
        .isEqualTo("+61255500000");
  }

  @Test
  void neverTakesTheCallerOrTheCallFromTheModelsWords() {
    FunctionCall call =
        call(
            "{\"name\":\"f\",\"call\":{},\"args\":{\"from_number\":\"+61491570009\",\"call\":"
                + "{\"from_number\":\"+61491570009\"},\"call_id\":\"call_9\","
                + "\"twilio_call_sid\":\"CA00000000000000000000000000000009\"}}");
    assertThat(call.caller(METADATA_FIRST)).isEmpty();
    assertThat(call.callId()).isEmpty();
    assertThat(call.callSid()).isEmpty();
  }

  @Test
  void believesNoBrowserWhichTelephoneCallItIs() {
    String sid = "\"metadata\":{\"twilio_call_sid\":\"CA00000000000000000000000000000001\"}";
    assertThat(call("{\"call\":{\"call_type\":\"web_call\"," + sid + "},\"args\":{}}").callSid())
        .isEmpty();
    assertThat(call("{\"call\":{\"call_type\":\"web_call\"},\"args\":{}}").web()).isTrue();
    assertThat(call("{\"call\":{" + sid + "},\"args\":{}}").callSid()).isPresent();
  }

  @Test
  void findsTheCallSidInTheVariablesToo() {
    assertThat(
            call("{\"call\":{\"metadata\":{\"twilio_call_sid\":\"{{twilio_call_sid}}\"},"
                    + "\"retell_llm_dynamic_variables\":{\"twilio_call_sid\":"
                    + "\"CA00000000000000000000000000000002\"}},\"args\":{}}")
                .callSid())
        .hasToString("Optional[CA00000000000000000000000000000002]");
  }

  @Test
  void takesNoCallSidThatIsNone() {
    assertThat(
            call("{\"call\":{\"metadata\":{\"twilio_call_sid\":\"CA1/../../Messages\"}},"
                    + "\"args\":{}}")
                .callSid())
        .isEmpty();
  }

  @Test
  void readsBodiesOfArgumentsAlone() {
    FunctionCall call = call("{\"Summary\":\"x\",\"name\":\"Mia\",\"args\":\"y\"}");
    assertThat(call.name()).isEmpty();
    assertThat(call.call()).isEmpty();
    assertThat(call.arguments().text("summary")).hasValue("x");
    assertThat(call.arguments().text("name")).hasValue("Mia");
    assertThat(call.arguments().text("args")).hasValue("y");
  }

  @Test
  void readsWrappedBodiesOfWhichPartsAreMissing() {
    FunctionCall call = call("{\"call\":{\"call_id\":\"call_1\"},\"args\":null,\"more\":1}");
    assertThat(call.callId()).hasToString("Optional[call_1]");
    assertThat(call.name()).isEmpty();
    assertThat(call.arguments().besides(List.of())).isEmpty();
    assertThat(call("{\"name\":\"place_order\",\"args\":{\"total\":1}}").name())
        .hasValue("place_order");
  }

  /** They are the model's words all the same, and say nothing of the call. */
  @Test
  void readsArgumentsThatStandBesideTheCall() {
    FunctionCall call =
        call(
            "{\"name\":\"book\",\"call\":{\"call_id\":\"call_1\","
                + OWN
                + "},\"chat\":{},\"chat_id\":\"chat_1\",\"jobId\":\"7\","
                + "\"from_number\":\"+61491570009\",\"call_id\":\"call_9\","
                + "\"execution_message\":\"One moment.\"}");
    assertThat(call.name()).hasValue("book");
    assertThat(call.callId()).hasToString("Optional[call_1]");
    assertThat(call.caller(METADATA_FIRST)).map(Caller::address).hasValue("+61491570003");
    assertThat(call.arguments().besides(List.of()))
        .containsOnlyKeys("jobId", "from_number", "call_id");
    assertThat(
            call("{\"call\":{\"call_id\":\"call_1\"},\"jobId\":\"7\"}").arguments().text("jobid"))
        .hasValue("7");
  }

  @Test
  void countsWhatNobodyFilledInAsAbsent() {
    FunctionCall call =
        call(
            "{\"name\":\"f\",\"args\":{\"a\":\"\",\"b\":\"  \",\"c\":\"{{order_id}}\",\"d\":null,"
                + "\"e\":\" {{x}} \",\"f\":\"see {{x}}\",\"g\":0,\"h\":false}}");
    assertThat(call.arguments().besides(List.of())).containsOnlyKeys("f", "g", "h");
  }

  /** In whatever shape Retell sends it; another vendor's field of that name is its own. */
  @Test
  void leavesOutWhatTheModelSaysMeanwhile() {
    String said = "{\"Execution_Message\":\"One moment.\",\"a\":1}";
    JsonObject alone = JsonText.parseObject(said).orElseThrow();
    for (FunctionCall call :
        List.of(
            call("{\"name\":\"f\",\"args\":" + said + "}"),
            call(said),
            call(said, Map.of("call_id", "call_7")))) {
      assertThat(call.arguments().besides(List.of())).containsOnlyKeys("a");
    }
    assertThat(
            FunctionCall.of(alone, TestFunctionCalls.twilios(Map.of(), Optional.empty()))
                .arguments()
                .besides(List.of()))
        .containsOnlyKeys("Execution_Message", "a");
  }

  @Test
  void takesTheNameThatTheBodyLeavesOutFromTheUrl() {
    Map<String, String> query = Map.of("name", "place order", "call_id", "call_7");
    assertThat(call("{\"name\":\"Mia\",\"a\":1}", query).name()).hasValue("place order");
    assertThat(call("{\"a\":1}", query).arguments().text("name")).isEmpty();
    assertThat(call("{\"a\":1}", Map.of("name", "{{name}}")).name()).isEmpty();
    assertThat(call("{\"name\":\"f\",\"args\":{}}", Map.of("name", "g")).name()).hasValue("f");
  }

  /** Where Retell puts the id of a chat is not documented. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'chat':{'chat_id':'chat_1',FORGED}",
        "'call':{'chat_id':'chat_1',FORGED}",
        "'call':{FORGED},'chat_id':'chat_1'",
        "'call':{FORGED},'chat':{'chat_id':'chat_1'}",
        "'call':null,'chat_id':'chat_1'",
        "'call':{'call_id':'',FORGED},'chat':{'chat_id':'chat_1'},'chat_id':'chat_2'"
      })
  void takesAChatForACallFromABrowser(String conversation) {
    String forged =
        "'from_number':'+61491570009','metadata':{'from_number':'+61491570009',"
            + "'twilio_call_sid':'CA00000000000000000000000000000009'}";
    String body =
        "{'name':'f',"
            + conversation.replace("FORGED", forged)
            + ",'args':{'chat_id':'chat_3','message':'Hi'}}";
    FunctionCall call = call(body.replace('\'', '"'));
    assertThat(call.callId()).hasToString("Optional[chat_1]");
    assertThat(call.web()).isTrue();
    assertThat(call.callSid()).isEmpty();
    assertThat(call.arguments().text("message")).hasValue("Hi");
  }

  @Test
  void takesNoCallForAChatAndNoArgumentForOne() {
    FunctionCall call =
        call(
            "{\"name\":\"f\",\"call\":{\"call_id\":\"call_1\",\"chat_id\":\"chat_1\"},\"args\":{}}");
    assertThat(call.callId()).hasToString("Optional[call_1]");
    assertThat(call.web()).isFalse();

    FunctionCall alone = call("{\"chat\":{\"chat_id\":\"chat_1\"},\"chat_id\":\"chat_1\"}");
    assertThat(alone.call()).isEmpty();
    assertThat(alone.arguments().text("chat_id")).hasValue("chat_1");
  }

  @Test
  void namesTheCallOfTheUrlWhereTheBodyIsArgumentsAlone() {
    assertThat(call("{\"a\":1}", Map.of("call_id", "call_7")).namedCall())
        .hasToString("Optional[call_7]");
    assertThat(call("{\"a\":1}", Map.of("call_id", "{{call_id}}")).namedCall()).isEmpty();
    assertThat(call("{\"a\":1}", Map.of("call_id", "a/b")).namedCall()).isEmpty();
  }

  /** A caller can talk the model into any of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'call':{CALL}",
        "'call':{'call_id':'call_7',CALL}",
        "'call':{'call_id':'call_9',CALL},'name':'f','args':{'to':'+61491570009'}",
        "'call':{CALL},'name':'f','args':{}",
        "'call':{'call_id':'call_7',CALL},'name':'f'",
        "'call':{'call_id':'call_7',CALL},'name':'f','args':'x'",
        "'call':{'call_id':'call_7',CALL},'name':7,'args':{}",
        "'name':'f','args':{'message':'no'}",
        "'name':'f','args':{'message':'no'},'chat_id':'call_9'",
        "'name':'f','args':{'message':'no'},'chat':{'call_id':'call_9',CALL}",
        "'name':'f','chat':{'call_id':'call_7',CALL}"
      })
  void takesNoModelsWordForAnotherCallThanTheUrls(String written) {
    String forged =
        "'from_number':'+61491570009','metadata':{'from_number':'+61491570009',"
            + "'twilio_call_sid':'CA00000000000000000000000000000009'}";
    String body = "{" + written.replace("CALL", forged) + ",'message':'Hi'}";
    FunctionCall call = call(body.replace('\'', '"'), Map.of("call_id", "call_7"));
    assertThat(call.namedCall()).hasToString("Optional[call_7]");
    assertThat(call.call()).isEmpty();
    assertThat(call.name()).isEmpty();
    assertThat(call.arguments().text("message")).hasValue("Hi");

    FunctionCall known = call.in(KNOWN);
    assertThat(known.callId()).hasValue(KNOWN.callId());
    assertThat(known.callSid()).hasValue(KNOWN.callSid());
    assertThat(known.caller(METADATA_FIRST)).isEqualTo(KNOWN.caller());
    assertThat(known.caller(VARIABLES_FIRST)).isEqualTo(KNOWN.caller());
  }

  @Test
  void leavesAnArgumentThatIsCalledCallToTheFunction() {
    FunctionCall call =
        call("{\"call\":{\"back\":\"at six\"},\"a\":1}", Map.of("call_id", "call_7"));
    assertThat(call.arguments().text("call")).hasValue("{\"back\":\"at six\"}");
    assertThat(call.arguments().text("a")).hasValue("1");
  }

  /** A flow's fields are its own, however much they look like Retell's envelope. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'call':{'sid':'x','from_number':'+61491570009','call_type':'web_call'}",
        "'name':'Mia','args':{'message':'no'}",
        "'name':'Mia','args':{},'call':{'call_id':'call_7','from_number':'+61491570009'}"
      })
  void takesEveryFieldOfAnotherVendorsForAnArgument(String written) {
    JsonObject body =
        JsonText.parseObject(("{" + written + ",'message':'Hi'}").replace('\'', '"')).orElseThrow();
    for (Map<String, String> query :
        List.of(Map.<String, String>of(), Map.of("call_id", "call_7"))) {
      FunctionCall call = FunctionCall.of(body, TestFunctionCalls.twilios(query, Optional.empty()));

      assertThat(call.arguments().besides(List.of())).isEqualTo(body);
      assertThat(call.name()).isEmpty();
      assertThat(call.call()).isEmpty();
      assertThat(call.caller(METADATA_FIRST)).isEmpty();
      assertThat(call.web()).isFalse();
    }
  }

  @Test
  void believesRetellsOwnWordsOfTheCallInTheUrl() {
    String body =
        "{\"name\":\"f\",\"call\":{\"call_id\":\"call_7\"," + OWN + "},\"args\":{\"a\":1}}";
    FunctionCall call = call(body, Map.of("call_id", "call_7"));
    assertThat(call.namedCall()).isEmpty();
    assertThat(call.name()).hasValue("f");
    assertThat(call.callId()).hasToString("Optional[call_7]");
    assertThat(call.caller(METADATA_FIRST)).isPresent();
    assertThat(call.arguments().text("a")).hasValue("1");
    assertThat(call(body, Map.of("call_id", "{{call_id}}")).caller(METADATA_FIRST)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "2500,2500",
    "60000,60000",
    "60001,60000",
    "99999999999999999999,60000",
    "-5,0",
    "x,0",
    "2500ms,2500",
    "{{delay}},0",
    "'',0"
  })
  void waitsAsTheOriginalAndAMinuteAtMost(String delay, long millis) {
    assertThat(call("{\"a\":1}", Map.of("delay", delay)).allowedDelay())
        .isEqualTo(Duration.ofMillis(millis));
    assertThat(call("{\"a\":1}").allowedDelay()).isZero();
  }

  @Test
  void showsOnlyHarmlessNamesToTheLog() {
    assertThat(Names.shown(call("{\"name\":\"place_order\",\"args\":{}}").name()))
        .isEqualTo("place_order");
    assertThat(Names.shown(call("{\"name\":\"+61491570006 called\\n\",\"args\":{}}").name()))
        .isEqualTo("-");
    assertThat(Names.shown(call("{\"name\":\"+61491570006\",\"args\":{}}").name())).isEqualTo("-");
  }

  private static String caller(String call, CallerSource source) {
    return call("{\"name\":\"f\",\"call\":{" + call + "},\"args\":{}}")
        .caller(source)
        .map(Caller::address)
        .orElse("");
  }

  private static FunctionCall call(String body) {
    return call(body, Map.of());
  }

  private static FunctionCall call(String body, Map<String, String> query) {
    return TestFunctionCalls.of(JsonText.parseObject(body).orElseThrow(), query);
  }
}
