package org.retellbridge.feature.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.Delivery;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.segment.SegmentMessage;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** What Retell tells of calls, against the packaged WAR. */
class EventsIT extends DeployedBridge {
  /** The user's own receiver of events. */
  private static final MiniServer receiver =
      new MiniServer("receiver", request -> Reply.empty(204), new Silence());

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "RETELL_EVENTS", "true",
            "RETELL_EVENTS_FORWARD_URL", receiver.base() + "/hook?source=bridge%2B1",
            "SEGMENT_CALL_EVENTS", "true"));
  }

  @BeforeEach
  void forgetWhatWasReceived() {
    receiver.faults().clear();
    receiver.log().clear();
  }

  /**
   * What is still on its way would come in the middle of the next test. The list of dead letters
   * says how it is now; the figures of the status may be two seconds old.
   */
  @AfterEach
  void awaitTheLast() {
    receiver.faults().clear();
    twin.segment().trackingFaults().clear();
    twin.retell().awaitDeliveries();
    Await.until("nothing is on its way", () -> deadLetters().contains("\"to_be_delivered\":0,"));
  }

  @Test
  void asksRetellForTheEventsOfItsOwnCalls() {
    twin.twilio().placeCall(call());

    assertThat(twin.retell().awaitDeliveries())
        .allMatch(Delivery::delivered)
        .allMatch(delivery -> delivery.attempts().get(0).status() == 204)
        .extracting(Delivery::event)
        .containsExactly("call_started", "call_ended", "call_analyzed");
    assertThat(twin.retell().deliveries().get(0).attempts().get(0).url())
        .isEqualTo(twin.publicUrl("/retell/events"));
  }

  @Test
  void tellsSegmentWhatTheAnalysisFound() {
    twin.twilio().placeCall(call());
    twin.retell().awaitDeliveries();

    Await.until("Segment has it", () -> !analyzed().isEmpty());
    JsonObject message = analyzed().get(0).body();
    JsonObject properties = message.getJsonObject("properties");
    assertThat(message.getString("userId")).isEqualTo(TwinNames.CALLER);
    assertThat(properties.getString("summary")).isEqualTo("The caller talked to Front desk.");
    assertThat(properties.getString("sentiment")).isEqualTo("Positive");
    assertThat(properties.getBoolean("successful")).isTrue();
    assertThat(properties.getString("disconnection_reason")).isNotBlank();
    assertThat(properties.getJsonNumber("duration_seconds").doubleValue()).isNotNegative();
    assertThat(properties.getString("call_id")).isEqualTo(twin.retell().calls().get(0).callId());
  }

  /** Else nothing of the call would reach Segment, and nobody would know. */
  @Test
  void tellsSegmentTheRestWhenTheAnalysisIsTooLong() {
    String call = callId();
    String before = BridgeUnderTest.serverLog();
    String analysis =
        "\"call_analysis\":{\"call_summary\":\"Wants a table\",\"custom_analysis_data\":{\"all\":\""
            + "much ".repeat(8_000)
            + "\"}},\"transcript\"";
    assertThat(tell(event("call_analyzed", call).replace("\"transcript\"", analysis)).statusCode())
        .isEqualTo(204);

    Await.until("Segment has it", () -> !analyzed().isEmpty());
    assertThat(analyzed().get(0).body().getJsonObject("properties"))
        .containsEntry("call_id", Json.string(call))
        .containsEntry("summary", Json.string("Wants a table"))
        .doesNotContainKey("custom_analysis_data");
    assertThat(
            BridgeUnderTest.loggedSince(
                before,
                "Call Analyzed callId="
                    + call
                    + ": more than Segment takes, so it goes without custom_analysis_data"))
        .doesNotContain("much much");
  }

  @Test
  void takesARepeatForWhatItIs() {
    twin.twilio().placeCall(call());
    List<Delivery> events = twin.retell().awaitDeliveries();
    Await.until("all is passed on", () -> receiver.log().total() == 3 && !analyzed().isEmpty());

    events.forEach(event -> assertThat(twin.retell().redeliver(event).status()).isEqualTo(204));
    // What follows it shows that the repeats were not only late.
    assertThat(tell(event("marker", "call_marker")).statusCode()).isEqualTo(204);
    Await.until("the marker is passed on", () -> receiver.log().total() >= 4);
    assertThat(receiver.log().total()).isEqualTo(4);
    assertThat(analyzed()).hasSize(1);
  }

  @Test
  void passesTheSameBytesOnUnderAFreshSignature() {
    String body =
        event("call_started", callId()).replace("{\"event\"", "{ \"n\" : \"Zoë 12€\",\"event\"");
    assertThat(tell(body).statusCode()).isEqualTo(204);

    Await.until("it is passed on", () -> receiver.log().total() == 1);
    Request passedOn = receiver.log().last().orElseThrow();
    assertThat(passedOn.target()).isEqualTo("/hook?source=bridge%2B1");
    assertThat(passedOn.text()).isEqualTo(body);
    String signature = passedOn.header("X-Retell-Signature").orElseThrow();
    long millis = Long.parseLong(signature.replaceAll("v=([0-9]+),.*", "$1"));
    assertThat(Instant.ofEpochMilli(millis)).isAfter(Instant.now().minusSeconds(30));
    assertThat(signature)
        .isEqualTo(
            RetellSignature.of(TwinNames.RETELL_KEYS.webhook(), body.getBytes(UTF_8), millis));
    Await.until(
        "the receiver is among the vendors",
        () ->
            operate("/status")
                .body()
                .contains("\"events_receiver\":{\"breaker\":\"CLOSED\",\"last_success\":\"2"));
  }

  /** Neither what it was given, nor an event that it gets from Retell itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lookup",
        "/redirect?delay=0",
        "/create_task?task_type=voice",
        "/send_sms?call_id="
      })
  void givesTheReceiverNoKeyToTheFunctions(String path) {
    String call = callId();
    String body = event("call_ended", call);
    assertThat(tell(body).statusCode()).isEqualTo(204);
    Await.until("it is passed on", () -> receiver.log().total() == 1);
    String signature =
        receiver.log().last().orElseThrow().header("X-Retell-Signature").orElseThrow();
    String place = path.endsWith("=") ? path + call : path;

    assertThat(ask(place, body, signature).statusCode()).isEqualTo(refusal(place));
    HttpResponse<String> refused =
        ask(
            place,
            body,
            RetellSignature.of(
                TwinNames.RETELL_KEYS.webhook(), body.getBytes(UTF_8), System.currentTimeMillis()));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("This is an event of Retell and calls no function");
    // One line a second at most: it may be an earlier one's.
    assertThat(BridgeUnderTest.loggedSince("", "an event of Retell calls no function"))
        .doesNotContain("61491570999");
  }

  /** Where two vendors may sign, a wrong signature is forbidden. */
  private static int refusal(String place) {
    return place.startsWith("/create_task") ? 403 : 401;
  }

  @Test
  void keepsForTheReceiverWhatItDoesNotTakeNow() {
    receiver.faults().next(Fault.status(503));
    receiver.faults().next(Fault.cut());
    assertThat(tell(event("call_started", callId())).statusCode()).isEqualTo(204);

    Await.until("it got through", () -> receiver.log().total() == 3);
    assertThat(receiver.log().all())
        .extracting(Request::text)
        .containsOnly(receiver.log().last().orElseThrow().text());
    assertThat(receiver.log().all().stream().map(request -> request.header("X-Retell-Signature")))
        .doesNotHaveDuplicates();
  }

  /** Retell waits for ten seconds; the receiver and Segment may take theirs. */
  @Test
  void answersBeforeAnybodyElseDoes() {
    receiver.faults().always(Fault.silent());
    twin.segment().trackingFaults().always(Fault.silent());
    Instant before = Instant.now();
    assertThat(tell(event("call_analyzed", callId())).statusCode()).isEqualTo(204);
    // Neither has given up by then: the shorter limit of the two is four seconds.
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
    Await.until(
        "both are asked",
        // Whoever was asked first may have been asked again.
        () -> receiver.log().total() >= 1 && twin.segment().trackingRequests().total() >= 1);
  }

  @Test
  void followsNoRedirect() {
    receiver
        .faults()
        .always(Fault.says(Reply.empty(307).with("Location", receiver.base() + "/elsewhere")));
    tell(event("call_started", callId()));

    Await.until("it is a dead letter", () -> deadLetters().contains("forward refused (HTTP 307)"));
    assertThat(deadLetters()).contains("\"call\":\"call_");
    assertThat(receiver.log().count("/elsewhere")).isZero();
    assertThat(receiver.log().total()).isEqualTo(1);
  }

  @Test
  void takesEventsInAnyOrderAndUnknownOnes() {
    String call = callId();
    double before = others();
    assertThat(tell(event("call_analyzed", call)).statusCode()).isEqualTo(204);
    assertThat(tell(event("call_ended", call)).statusCode()).isEqualTo(204);
    assertThat(tell(event("call_started", call)).statusCode()).isEqualTo(204);
    assertThat(tell(event("call_dreamt_of", call)).statusCode()).isEqualTo(204);
    assertThat(tell("{\"event\":\"alert\",\"call\":[]}").statusCode()).isEqualTo(204);

    Await.until(
        "all are passed on",
        () ->
            receiver.log().count(request -> request.text().contains(call)) == 4
                && receiver.log().count(request -> request.text().contains("alert")) == 1);
    assertThat(others()).isEqualTo(before + 2);
  }

  private double others() {
    return measured("bridge_retell_events_total", "event=\"other\"", "repeat=\"false\"");
  }

  @Test
  void letsTheCallComeBackToTheAgentAsANewOne() {
    Fields call = incoming();
    String first = start(call);
    assertThat(start(call)).as("repeated").isEqualTo(first).contains("<Sip>");

    String callId = first.replaceAll("(?s).*<Sip>sip:(call_[0-9a-f]+)@.*", "$1");
    assertThat(tell(ended(callId, call.first("CallSid").orElseThrow())).statusCode())
        .isEqualTo(204);
    assertThat(start(call)).contains("<Sip>").isNotEqualTo(first).doesNotContain(callId);
    assertThat(twin.retell().requests().count("/v2/register-phone-call")).isEqualTo(2);
  }

  /** No leg of it has ended yet: only Retell says that the agent's part is over. */
  private static String ended(String callId, String callSid) {
    return event("call_ended", callId)
        .replace(
            "\"transcript\"",
            "\"metadata\":{\"twilio_call_sid\":\"" + callSid + "\"},\"transcript\"");
  }

  /** Retell's answer got lost, and it was asked once more: nobody dialled what it had first. */
  @Test
  void takesWhatNobodyDialledForNoCallOfItsOwn() {
    Fields call = incoming();
    assertThat(start(call)).contains("<Sip>");
    String sid = call.first("CallSid").orElseThrow();
    String over = ended(callId(), sid).replace("user_hangup", "registered_call_timeout");
    assertThat(tell(over).statusCode()).isEqualTo(204);
    assertThat(tell(over.replace("call_ended", "call_analyzed")).statusCode()).isEqualTo(204);
    String marker = callId();
    assertThat(tell(event("call_analyzed", marker)).statusCode()).isEqualTo(204);

    Await.until("the marker is told", () -> !analyzed().isEmpty());
    assertThat(analyzed())
        .singleElement()
        .satisfies(told -> assertThat(told.body().toString()).contains(marker));
  }

  private static Fields incoming() {
    return Fields.of(
        "CallSid",
        "CA" + UUID.randomUUID().toString().replace("-", ""),
        "From",
        TwinNames.CALLER,
        "To",
        TwinNames.NUMBER);
  }

  private static String start(Fields call) {
    return twin.twilio().webhook().post(twin.publicUrl("/start"), call).text();
  }

  @Test
  void countsEachErrorThatRetellTellsOnce() {
    String told = event("call_ended", callId()).replace("user_hangup", "error_retell");
    double errors = measured("bridge_retell_errors_total", "reason=\"error_retell\"");
    double repeats = measured("bridge_repeats_total", "what=\"retell_event\"");
    assertThat(tell(told).statusCode()).isEqualTo(204);
    assertThat(tell(told).statusCode()).isEqualTo(204);

    assertThat(measured("bridge_retell_errors_total", "reason=\"error_retell\""))
        .isEqualTo(errors + 1);
    assertThat(measured("bridge_repeats_total", "what=\"retell_event\"")).isEqualTo(repeats + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"event\":5}", "{\"event\":\" \"}", "{\"event\":\"x\""})
  void refusesWhatIsNoEvent(String body) {
    assertThat(tell(body).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] body = {'{', '"', 'e', 'v', 'e', 'n', 't', '"', ':', '"', (byte) 0xff, '"', '}'};
    assertThat(tell(body, TwinNames.RETELL_KEYS.webhook()).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWhatRetellDidNotSign() {
    byte[] body = event("call_ended", callId()).getBytes(UTF_8);
    assertThat(tell(body, "another_key").statusCode()).isEqualTo(401);
    assertThat(
            send(HttpRequest.newBuilder(local("/retell/events"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                .statusCode())
        .isEqualTo(401);
    assertThat(get("/retell/events").statusCode()).isEqualTo(405);
    assertThat(receiver.log().total()).isZero();
  }

  @Test
  void keepsNoWordOfTheCallInItsLog() {
    String before = BridgeUnderTest.serverLog();
    tell(event("call_analyzed", callId()));

    assertThat(BridgeUnderTest.loggedSince(before, "retell event call_analyzed"))
        .doesNotContain("a secret conversation", "61491570999");
  }

  private HttpResponse<String> tell(String body) {
    return tell(body.getBytes(UTF_8), TwinNames.RETELL_KEYS.webhook());
  }

  private HttpResponse<String> ask(String path, String body, String signature) {
    return send(
        HttpRequest.newBuilder(local(path))
            .header("Content-Type", "application/json")
            .header("X-Retell-Signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> tell(byte[] body, String key) {
    return send(
        HttpRequest.newBuilder(local("/retell/events"))
            .header("Content-Type", "application/json")
            .header("X-Retell-Signature", RetellSignature.of(key, body, System.currentTimeMillis()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private String deadLetters() {
    return operate("/outbox/dead_letters").body();
  }

  private static String callId() {
    return "call_" + UUID.randomUUID().toString().replace("-", "");
  }

  private static String event(String name, String callId) {
    return Json.object()
        .add("event", name)
        .add(
            "call",
            Json.object()
                .add("call_type", "phone_call")
                .add("call_id", callId)
                .add("from_number", "+61491570999")
                .add("to_number", TwinNames.NUMBER)
                .add("direction", "inbound")
                .add("start_timestamp", 1_795_377_500_000L)
                .add("end_timestamp", 1_795_377_600_000L)
                .add("disconnection_reason", "user_hangup")
                .add("transcript", "a secret conversation"))
        .build()
        .toString();
  }

  private static List<SegmentMessage> analyzed() {
    return twin.segment().messages().stream()
        .filter(message -> message.body().getString("event", "").equals("Call Analyzed"))
        .toList();
  }

  /** Nobody looks on. */
  private static final class Silence implements Observer {
    @Override
    public void came(Request request) {}

    @Override
    public void answered(Request request, Reply reply, String mishap) {}
  }
}
