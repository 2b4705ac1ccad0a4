package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.Heard;
import org.retellbridge.twin.twilio.LegOutcome;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.FaultRule;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** Calls that reach their agent, against the packaged WAR. */
class StartCallIT extends DeployedBridge {
  private static final String SECOND_TOKEN = "1111twin1111token1111twin1111tok";

  /** One for each test: what a call was answered is remembered for a minute. */
  private final String sid = "CA" + UUID.randomUUID().toString().replace("-", "");

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "AUTH_TOKEN",
            TwinNames.ACCOUNT.authToken() + "," + SECOND_TOKEN,
            "RETELL_EVENTS",
            "true",
            "RETELL_EVENTS_FORWARD_URL",
            "https://hooks.example.com/{{tenant}}",
            "RETELL_AGENTS",
            TwinNames.OTHER_NUMBER + "=" + TwinNames.OTHER_AGENT + "@3",
            "FALLBACK_NUMBER",
            TwinNames.HUMAN));
  }

  @Test
  void connectsTheCallerToTheAgentAndHangsUpAfterwards() {
    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.heardKinds()).containsExactly(Heard.Kind.RINGING, Heard.Kind.AGENT);
    assertThat(call.problems()).isEmpty();
    assertThat(call.deadLine()).isFalse();
    assertThat(call.documents()).hasSize(2);
    assertThat(call.documents().get(1).url()).endsWith("/voice/dial_ended?rung=0");
    assertThat(call.documents().get(1).text()).contains("<Hangup");
  }

  /** Else nobody would get the events: the agent's webhook would be replaced, and not told. */
  @Test
  void leavesTheAgentItsWebhookWhileTheAddressOfTheReceiverIsWrong() {
    twin.twilio().placeCall(call());

    assertThat(registered().get(0)).doesNotContainKey("agent_override");
    assertThat(BridgeUnderTest.serverLog())
        .contains("RETELL_EVENTS_FORWARD_URL (retell.events.forward.url): it must be")
        .contains("sends them to the agent's own webhook");
  }

  @Test
  void answersTwimlAsTwilioWantsIt() {
    Exchange answer = twin.twilio().placeCall(call()).firstDocument();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).hasValue("text/xml;charset=UTF-8");
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    assertThat(answer.text())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Dial ")
        .contains("action=\"dial_ended?rung=0\"")
        .contains("answerOnBridge=\"true\"")
        .contains("timeout=\"25\"")
        .containsPattern("<Sip>sip:call_[0-9a-f]+@sip.retellai.com;transport=tcp</Sip>");
  }

  @Test
  void registersTheCallWithEverythingThatTwilioKnows() {
    twin.twilio()
        .placeCall(
            call()
                .with("CallSid", sid)
                .with("CallerName", "Zoë O'Neil & Co")
                .with("ForwardedFrom", TwinNames.OTHER_NUMBER)
                .with("StirVerstat", "TN-Validation-Passed-A"));

    JsonObject sent = registered().get(0);
    Map<String, String> expected =
        Map.of(
            "twilio_call_sid",
            sid,
            "from_number",
            TwinNames.CALLER,
            "to_number",
            TwinNames.NUMBER,
            "caller_name",
            "Zoë O'Neil & Co",
            "forwarded_from",
            TwinNames.OTHER_NUMBER,
            "stir_verstat",
            "TN-Validation-Passed-A");
    assertThat(sent.getString("agent_id")).isEqualTo(TwinNames.AGENT);
    assertThat(sent.getString("agent_version")).isEqualTo("prod");
    assertThat(sent.getString("direction")).isEqualTo("inbound");
    assertThat(sent.getString("from_number")).isEqualTo(TwinNames.CALLER);
    assertThat(sent.getString("to_number")).isEqualTo(TwinNames.NUMBER);
    assertThat(sent.getJsonObject("metadata")).isEqualTo(Json.strings(expected));
    assertThat(sent.getJsonObject("retell_llm_dynamic_variables"))
        .isEqualTo(
            Json.object(Json.strings(expected))
                .add("original_call_sid", "")
                .add("customer_name", "")
                .build());
  }

  @Test
  void takesGetAsWell() {
    assertThat(twin.twilio().placeCall(call().method("GET")).reachedAgent()).isTrue();
  }

  @Test
  void registersACallThatTwilioPlacedAsOutbound() {
    CallRequest placed =
        CallRequest.to(twin.publicUrl("/start"), TwinNames.OTHER_NUMBER, TwinNames.CALLER);
    twin.twilio().placeCall(placed.with("Direction", "outbound-api"));

    assertThat(registered().get(0).getString("direction")).isEqualTo("outbound");
    assertThat(registered().get(0).getString("agent_id"))
        .as("of the company's number")
        .isEqualTo(TwinNames.OTHER_AGENT);
  }

  /** Else it would be told, and would write, what belongs to the company's own number. */
  @Test
  void registersAnOutboundCallThatAFlowSentBackAsOne() {
    String url = twin.publicUrl("/start?caller=" + TwinNames.CALLER.replace("+", "%2B"));
    CallRequest placed = CallRequest.to(url, TwinNames.OTHER_NUMBER, TwinNames.CALLER);
    PlacedCall result = twin.twilio().placeCall(placed.with("Direction", "outbound-dial"));

    assertThat(result.reachedAgent()).isTrue();
    assertThat(registered().get(0).getString("direction")).isEqualTo("outbound");
    assertThat(registered().get(0).getString("agent_id")).isEqualTo(TwinNames.OTHER_AGENT);
  }

  @Test
  void letsTheQueryChooseTheAgentBeforeAllOthers() {
    String url = twin.publicUrl("/start?agent_id=" + TwinNames.OTHER_AGENT);
    Fields fields = fields().add("agent_id", TwinNames.AGENT);

    assertThat(twin.twilio().webhook().post(url, fields).text()).contains("<Sip>");
    assertThat(registered().get(0).getString("agent_id")).isEqualTo(TwinNames.OTHER_AGENT);
  }

  @Test
  void letsTheBodyChooseTheAgentBeforeTheDialledNumber() {
    Fields fields = fields().set("To", TwinNames.OTHER_NUMBER).add("agent_id", TwinNames.AGENT);

    twin.twilio().webhook().post(twin.publicUrl("/start"), fields);

    assertThat(registered().get(0).getString("agent_id")).isEqualTo(TwinNames.AGENT);
  }

  @Test
  void letsTheDialledNumberChooseTheAgentBeforeTheDefault() {
    twin.twilio()
        .webhook()
        .post(twin.publicUrl("/start"), fields().set("To", TwinNames.OTHER_NUMBER));

    JsonObject sent = registered().get(0);
    assertThat(sent.getString("agent_id")).isEqualTo(TwinNames.OTHER_AGENT);
    assertThat(sent.getInt("agent_version")).isEqualTo(3);
  }

  @Test
  void givesARepeatedWebhookTheFirstAnswer() {
    double repeats = measured("bridge_repeats_total", "what=\"start\"");
    Exchange first = start(fields());
    Exchange again = start(fields());

    assertThat(again.text()).isEqualTo(first.text()).contains("<Sip>");
    assertThat(registered()).hasSize(1);
    assertThat(measured("bridge_repeats_total", "what=\"start\"")).isEqualTo(repeats + 1);
  }

  @Test
  void registersOnceWhenTheSameWebhookComesTwiceAtTheSameMoment() {
    twin.retell().faults().always(Fault.late(Duration.ofMillis(700)));

    List<Exchange> answers =
        List.of(
                CompletableFuture.supplyAsync(() -> start(fields())),
                CompletableFuture.supplyAsync(() -> start(fields())),
                CompletableFuture.supplyAsync(() -> start(fields())))
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(Exchange::text).containsOnly(answers.get(0).text());
    assertThat(registered()).hasSize(1);
  }

  @Test
  void registersACallAnewThatComesBackAfterItsLeg() {
    String first = start(fields()).text();
    twin.twilio()
        .webhook()
        .post(twin.publicUrl("/dial_ended?rung=0"), fields().add("DialCallStatus", "completed"));
    String again = start(fields()).text();

    assertThat(again).contains("<Sip>").isNotEqualTo(first);
    assertThat(registered()).hasSize(2);
  }

  @Test
  void registersACallAnewThatGoesToAnotherAgent() {
    start(fields());
    twin.twilio()
        .webhook()
        .post(twin.publicUrl("/start?agent_id=" + TwinNames.OTHER_AGENT), fields());

    assertThat(registered()).hasSize(2);
  }

  @Test
  void doesNotRememberAFailure() {
    twin.retell().faults().always(Fault.status(500));
    assertThat(start(fields()).text()).contains("<Number>");
    twin.retell().faults().clear();

    assertThat(start(fields()).text()).contains("<Sip>");
  }

  @Test
  void dialsNoCallIdThatLeadsElsewhere() {
    twin.retell()
        .faults()
        .always(Fault.status(201, "{\"call_id\":\"a@sip.example.net;transport=udp\"}"));

    assertThat(start(fields()).text()).contains("<Number>").doesNotContain("sip.example.net");
  }

  @Test
  void registersACallWithoutACallSid() {
    Exchange answer =
        twin.twilio()
            .webhook()
            .post(twin.publicUrl("/start"), Fields.of("From", "anonymous", "To", "+61255500000"));

    assertThat(answer.text()).contains("<Sip>");
    assertThat(registered().get(0).getJsonObject("metadata")).doesNotContainKey("twilio_call_sid");
  }

  /** A prompt would hold {@code {{caller_name}}}, and an agent call back ANONYMOUS. */
  @Test
  void givesThePromptAnEmptyTextForWhatIsNotKnown() {
    start(fields().set("From", "+266696687"));

    JsonObject sent = registered().get(0);
    assertThat(sent.getJsonObject("retell_llm_dynamic_variables"))
        .isEqualTo(
            Json.strings(
                Map.of(
                    "twilio_call_sid", sid,
                    "original_call_sid", "",
                    "from_number", "",
                    "to_number", TwinNames.NUMBER,
                    "caller_name", "",
                    "forwarded_from", "",
                    "stir_verstat", "",
                    "customer_name", "")));
    assertThat(sent).doesNotContainKey("from_number");
    assertThat(sent.getJsonObject("metadata"))
        .isEqualTo(
            Json.strings(
                Map.of(
                    "twilio_call_sid",
                    sid,
                    "from_number",
                    "+266696687",
                    "to_number",
                    TwinNames.NUMBER)));
  }

  /** Its documentation does not say whether it takes them. */
  @Test
  void connectsAClientWhetherOrNotRetellTakesAnythingButNumbers() {
    CallRequest alice = CallRequest.to(twin.publicUrl("/start"), "client:alice", TwinNames.NUMBER);
    assertThat(twin.twilio().placeCall(alice).reachedAgent()).isTrue();
    assertThat(registered())
        .singleElement()
        .satisfies(sent -> assertThat(sent.getString("from_number")).isEqualTo("client:alice"));

    twin.retell().validatesNumbers();
    assertThat(twin.twilio().placeCall(alice.with("CallSid", sid)).reachedAgent()).isTrue();
    assertThat(registered()).hasSize(3);
    JsonObject sent = registered().get(2);
    assertThat(sent).doesNotContainKey("from_number");
    assertThat(sent.getString("to_number")).isEqualTo(TwinNames.NUMBER);
    for (String kept : List.of("metadata", "retell_llm_dynamic_variables")) {
      assertThat(sent.getJsonObject(kept).getString("from_number")).isEqualTo("client:alice");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 422})
  void asksOnceForACallBetweenNumbersThatRetellRefuses(int status) {
    twin.retell().faults().always(Fault.status(status));

    assertThat(start(fields()).text()).contains("<Number>");
    assertThat(registered()).hasSize(1);
  }

  static Stream<Fault> secondAnswers() {
    return Stream.of(Fault.status(400), Fault.silent());
  }

  @ParameterizedTest
  @MethodSource("secondAnswers")
  void sendsAClientDownTheLadderWhomRetellTakesInNeitherWay(Fault second) {
    twin.retell().validatesNumbers();
    twin.retell()
        .faults()
        .add(
            FaultRule.of(second)
                .on(it -> !Json.parseObject(it.body()).orElseThrow().containsKey("from_number")));

    Exchange answer = start(fields().set("From", "client:alice"));

    assertThat(answer.text()).contains("<Number>");
    assertThat(answer.took()).as("one budget for both").isLessThan(Duration.ofSeconds(10));
    assertThat(registered()).hasSize(2);
  }

  @Test
  void sendsACallWithAMalformedAgentDownTheLadder() {
    double before = measured("bridge_calls_total", "reason=\"no_agent\"");
    Exchange answer =
        twin.twilio().webhook().post(twin.publicUrl("/start?agent_id=a%3Cb%3E"), fields());

    assertThat(answer.text()).contains("<Number>").doesNotContain("a<b>");
    assertThat(registered()).isEmpty();
    assertThat(measured("bridge_calls_total", "reason=\"no_agent\"")).isEqualTo(before + 1);
  }

  @Test
  void takesASignatureOfATokenThatIsBeingRotated() {
    Exchange answer =
        twin.twilio().webhook().signedWith(SECOND_TOKEN).post(twin.publicUrl("/start"), fields());

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNotSignedOrSignedByOthers() {
    for (String token : List.of("", "2222twin2222token2222twin2222tok")) {
      Exchange answer =
          twin.twilio().webhook().signedWith(token).post(twin.publicUrl("/start"), fields());
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    }
    assertThat(registered()).isEmpty();
  }

  @Test
  void refusesASignatureOfTheRightFormForAnotherUrl() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(local("/start"))
            .header("X-Twilio-Signature", "A".repeat(27) + "=")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(fields().encoded()));

    String before = BridgeUnderTest.serverLog();

    // Another refusal of the same second may have had the only line of that second.
    Await.until(
        "the refusal is in the log",
        () -> {
          assertThat(send(request).statusCode()).isEqualTo(403);
          return BridgeUnderTest.serverLog()
              .substring(before.length())
              .contains(
                  "Refused POST /start: twilio signature mismatch; it is checked with AUTH_TOKEN"
                      + " over "
                      + twin.publicUrl("/start"));
        });
    assertThat(registered()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/application.wadl", "/start/application.wadl", "/", "/WEB-INF/web.xml"})
  void showsNobodyWhatThereIs(String path) {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void refusesABodyOverTheLimitWithoutReadingIt() {
    assertThat(start(ofBytes(65_537)).status()).isEqualTo(413);
    assertThat(start(ofBytes(65_536)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/start/", "/%73tart", "//start", "/Start", "/start.js"})
  void knowsOnlyExactPaths(String path) {
    Exchange answer = twin.twilio().webhook().post(twin.publicUrl(path), fields());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(registered()).isEmpty();
  }

  /** Jakarta REST, and servers too, cut the matrix off when they look for who answers. */
  @Test
  void doesNotActOnAMatrixPath() {
    Exchange answer = twin.twilio().webhook().post(twin.publicUrl("/start;a=b"), fields());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(registered()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
  void knowsOnlyTheVerbsOfTwilio(String verb) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(local("/start")).method(verb, HttpRequest.BodyPublishers.noBody());

    assertThat(send(request).statusCode()).isEqualTo(405);
  }

  @Test
  void goesDownTheLadderWhenTheAgentDoesNotAnswer() {
    twin.twilio().legs().sip(LegOutcome.BUSY);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.heardKinds()).contains(Heard.Kind.NUMBER);
    assertThat(call.deadLine()).isFalse();
  }

  @Test
  void showsStateAndMetersToOperatorsAlone() {
    double calls = measured("bridge_calls_total", "outcome=\"agent\"", "reason=\"none\"");
    double times = measured("bridge_start_answer_time_seconds_count");
    start(fields());

    assertThat(get("/status").statusCode()).isEqualTo(404);
    assertThat(get("/prometheus").statusCode()).isEqualTo(404);
    assertThat(operate("/status").body())
        .contains("\"version\"", "\"agent\":{\"on\":true", "\"breaker\":\"CLOSED\"");
    assertThat(measured("bridge_calls_total", "outcome=\"agent\"", "reason=\"none\""))
        .isEqualTo(calls + 1);
    assertThat(measured("bridge_start_answer_time_seconds_count")).isEqualTo(times + 1);
  }

  @Test
  void logsOneLineForACallWithoutItsNumbers() {
    String before = BridgeUnderTest.serverLog();
    twin.twilio().placeCall(call().with("CallSid", sid));
    String log = BridgeUnderTest.loggedSince(before, "start callSid=" + sid);

    assertThat(log).containsPattern("start callSid=" + sid + " callId=call_[0-9a-f]+ ");
    assertThat(log)
        .doesNotContain(TwinNames.CALLER.substring(1))
        .doesNotContain(TwinNames.ACCOUNT.authToken())
        .doesNotContain(TwinNames.RETELL_KEYS.api());
  }

  private Fields ofBytes(int length) {
    int bare = fields().add("Extra", "").encoded().length();
    return fields().add("Extra", "x".repeat(length - bare));
  }

  private static Exchange start(Fields fields) {
    return twin.twilio().webhook().post(twin.publicUrl("/start"), fields);
  }

  private Fields fields() {
    return Fields.of(
        "CallSid",
        sid,
        "AccountSid",
        TwinNames.ACCOUNT.sid(),
        "From",
        TwinNames.CALLER,
        "To",
        TwinNames.NUMBER,
        "CallStatus",
        "ringing",
        "Direction",
        "inbound");
  }

  private static List<JsonObject> registered() {
    return twin.retell().requests().all().stream()
        .filter(request -> request.rawPath().equals("/v2/register-phone-call"))
        .map(request -> Json.parseObject(request.text()).orElseThrow())
        .toList();
  }
}
