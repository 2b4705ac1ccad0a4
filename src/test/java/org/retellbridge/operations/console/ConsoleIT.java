package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.foundation.ledger.FilledLedger;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** The console without a browser, against the packaged WAR with 10,000 calls in its ledger. */
class ConsoleIT extends DeployedBridge {
  private static final int CALLS = 10_000;

  @Deployment(testable = false)
  static WebArchive bridge() {
    Path folder = BridgeUnderTest.dataDirectory();
    FilledLedger.in(folder, CALLS);
    return BridgeUnderTest.with(
        Map.of(
            "BRIDGE_DATA_DIR",
            folder.toString(),
            "RETELL_EVENTS",
            "true",
            "FALLBACK_NUMBER",
            TwinNames.HUMAN));
  }

  /** The bridge answers before it has opened a ledger with so many calls. */
  @BeforeEach
  void isReady() {
    Await.until("the ledger is up", () -> operate("/status").body().contains("\"up\":true"));
  }

  @Test
  void showsStrangersTheLoginPageAndNothingElse() {
    assertThat(get("/console").statusCode()).isEqualTo(200);
    assertThat(get("/console").body()).contains("Operations token").doesNotContain("form-token");
    assertThat(get("/console/console.css").statusCode()).isEqualTo(200);
    assertThat(get("/console/login.js").statusCode()).isEqualTo(200);
    for (String path :
        List.of("console.js", "calls", "calls/x", "dead_letters", "state", "functions", "live")) {
      HttpResponse<String> answer = get("/console/" + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).isEqualTo("{\"status\":403,\"title\":\"Log in first\"}");
    }
  }

  @Test
  void takesNoTicketOfSomebodyElsesMaking() {
    String ticket = operator().cookie();
    String[] parts = ticket.split("[.=]");
    String later = Long.toString(Long.parseLong(parts[1]) + 1);
    for (String wrong :
        List.of(
            "bridge_console=",
            "bridge_console=" + BridgeUnderTest.OPERATIONS_TOKEN,
            ticket.replace(parts[1], later),
            ticket.replace(parts[2], "0".repeat(32)),
            ticket.substring(0, ticket.length() - 1) + (ticket.endsWith("A") ? "B" : "A"))) {
      Operator stranger = new Operator(this::local).with(wrong);
      assertThat(stranger.get("/console").body()).as(wrong).contains("Operations token");
      assertThat(stranger.get("/console/state").statusCode()).as(wrong).isEqualTo(403);
    }
  }

  @Test
  void keepsTheCookieFromScriptsAndOtherSites() {
    HttpResponse<String> answer =
        new Operator(this::local).tryToken(BridgeUnderTest.OPERATIONS_TOKEN);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .matches(
            "bridge_console=[0-9]+\\.[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}; Max-Age=36000; Secure;"
                + " HttpOnly; SameSite=Strict");
    assertThat(operator().act("/console/logout").headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("bridge_console=; Max-Age=0;");
  }

  @Test
  void opensNothingElseWithTheCookie() {
    assertThat(operator().get("/status").statusCode()).isEqualTo(404);
  }

  @Test
  void slowsDownWhoGuesses() {
    Operator guesser = new Operator(this::local);
    // The first wait is a second: who is slower than that has not come too early.
    Await.until(
        "even the right one comes too early",
        () -> {
          for (int i = 0; i < 4; i++) {
            assertThat(guesser.tryToken("guess-number-" + i).statusCode()).isIn(403, 429);
          }
          HttpResponse<String> early = guesser.tryToken(BridgeUnderTest.OPERATIONS_TOKEN);
          return early.statusCode() == 429 && early.headers().firstValue("Retry-After").isPresent();
        });
    Await.until("it may try again", () -> tokenTaken(guesser));
  }

  @Test
  void actsForItsOwnPagesOnly() {
    Operator operator = operator();
    HttpRequest.Builder bare =
        operator.request("/console/dead_letters/replay").POST(HttpRequest.BodyPublishers.noBody());
    assertThat(send(bare).statusCode()).as("without the form token").isEqualTo(403);
    assertThat(send(bare.header("X-Console-Form", operator().formToken())).statusCode())
        .as("with another session's")
        .isEqualTo(403);
    assertThat(
            operator
                .act("/console/dead_letters/replay", "Sec-Fetch-Site", "same-site")
                .statusCode())
        .as("from another site")
        .isEqualTo(403);
    assertThat(operator.act("/console/dead_letters/replay").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console", "/console/console.js", "/console/state"})
  void letsNothingIntoThePage(String path) {
    HttpResponse<String> answer = operator().get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
        .matches("no-store|private, no-cache");
    assertThat(answer.body())
        .doesNotContain("<style", "innerHTML")
        .doesNotContainPattern("<script>|\\son[a-z]+=\"");
  }

  @Test
  void tellsTheCourseOfACall() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    ToolCall order =
        ToolCall.of(
            twin.publicUrl("/add_event"),
            "place_order",
            Json.strings(
                Map.of(
                    "summary", "one pizza for Mia",
                    "total", "18.50",
                    "timestamp", "2026-11-22T19:30:00Z")));
    agent.callFunction(order);
    agent.callFunction(order);
    agent.callFunction(
        twin.publicUrl("/redirect"), "transfer_to_human", Map.of("summary", "Mia is angry"));
    call.awaitParty(Party.Kind.STUDIO);
    call.farEndHangsUp();
    call.awaitEnd();
    twin.retell().awaitDeliveries();

    Operator operator = operator();
    // The call, its steps, functions and events are written apart from each other, in batches.
    Await.until(
        "the course is written",
        () ->
            names(operator, call.callSid())
                .containsAll(
                    List.of(
                        "step webhook",
                        "step agent",
                        "function /add_event place_order",
                        "function /redirect transfer_to_human",
                        "step handed_over",
                        "vendor_event call_ended",
                        "vendor_event call_analyzed")));
    Await.until(
        "its end is written",
        () -> {
          String shown = operator.get("/console/calls/" + call.callSid()).body();
          return shown.contains("\"stage\":\"over\"") && shown.contains("\"repeats\":\"1\"");
        });
    String body = operator.get("/console/calls/" + call.callSid()).body();
    assertThat(body)
        .contains(
            "summary: text of 17 characters", "total: text of 5 characters", "\"repeats\":\"1\"")
        .contains("\"from\":\"…06\"", "\"direction\":\"inbound\"")
        .contains("\"call_sid\":\"" + call.callSid() + "\"")
        .doesNotContain(TwinNames.CALLER.substring(4))
        .doesNotContain("Mia", "pizza", "18.5", "2026-11-22");
    assertThat(operator.get("/console/calls/" + agent.callId()).body()).isEqualTo(body);
    assertThat(operator.get("/console/calls/CA0").statusCode()).isEqualTo(404);
  }

  @Test
  void showsACallThatNeverReachedAnAgent() {
    twin.retell().faults().always(Fault.status(401));
    LiveCall call = twin.twilio().openCall(call());
    call.awaitParty(Party.Kind.NUMBER);

    Operator operator = operator();
    // The call and its steps are written apart from each other.
    Await.until(
        "it fell back",
        () ->
            first(operator, true).equals(call.callSid())
                && calls(operator, "?live=true")
                    .getJsonObject(0)
                    .getString("stage")
                    .equals("fallback"));
    JsonObject shown = calls(operator, "?live=true").getJsonObject(0);
    assertThat(shown.getString("reason")).isEqualTo("retell_refused");
    assertThat(shown.getString("agent")).as("who was asked for").isEqualTo(TwinNames.AGENT);

    call.hangUp();
    call.awaitEnd();
    Await.until("it is over", () -> !first(operator, true).equals(call.callSid()));
  }

  @Test
  void showsWhoCalledWhomWhereNoAgentIsNamed() {
    LiveCall call =
        twin.twilio()
            .openCall(
                CallRequest.to(
                    twin.publicUrl("/start?agent_id=a%3Cb%3E"),
                    TwinNames.CALLER,
                    TwinNames.NUMBER));
    call.awaitParty(Party.Kind.NUMBER);
    call.hangUp();
    call.awaitEnd();

    Operator operator = operator();
    Await.until("it is written", () -> names(operator, call.callSid()).contains("step leg_ended"));
    assertThat(names(operator, call.callSid())).startsWith("step webhook", "step fallback");
    JsonObject shown = operator.json("/console/calls/" + call.callSid()).getJsonObject("call");
    assertThat(shown.getString("from")).isEqualTo("…" + lastTwo(TwinNames.CALLER));
    assertThat(shown.getString("to")).isEqualTo("…" + lastTwo(TwinNames.NUMBER));
    assertThat(shown.getString("direction")).isEqualTo("inbound");
  }

  private static String lastTwo(String number) {
    return number.substring(number.length() - 2);
  }

  @Test
  void tellsThatTwilioAskedAgain() {
    LiveCall call = twin.twilio().openCall(call());
    call.awaitAgent();
    twin.twilio()
        .webhook()
        .post(
            twin.publicUrl("/start"),
            Fields.of("CallSid", call.callSid(), "From", TwinNames.CALLER, "To", TwinNames.NUMBER));
    call.hangUp();
    call.awaitEnd();

    Operator operator = operator();
    Await.until(
        "it is written", () -> names(operator, call.callSid()).contains("step webhook_repeated"));
  }

  /** The end of the agent's leg takes the call along, before the transfer is due. */
  @Test
  void tellsThatACallWasHandedOverByTheEndOfTheAgentsLeg() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    CompletableFuture<ToolAnswer> answer =
        CompletableFuture.supplyAsync(
            () ->
                agent.callFunction(
                    twin.publicUrl("/redirect?delay=8000"), "transfer", Map.of("summary", "x")));
    Await.until("the function waits", () -> legEnded(call).contains("<Application"));
    agent.hangUp();
    call.awaitParty(Party.Kind.STUDIO);

    Operator operator = operator();
    Await.until(
        "it is written", () -> names(operator, call.callSid()).contains("step handed_over"));
    assertThat(operator.get("/console/calls/" + call.callSid()).body())
        .contains("\"next\":\"transfer\"");
    call.hangUp();
    call.awaitEnd();
    assertThat(answer.join().json().getString("status")).isEqualTo("moved");
  }

  /** From outside, only the answer to the leg's end tells that the function waits by now. */
  private static String legEnded(LiveCall call) {
    Fields fields =
        Fields.of(
            "CallSid", call.callSid(), "CallStatus", "in-progress", "DialCallStatus", "completed");
    return twin.twilio().webhook().post(twin.publicUrl("/dial_ended?rung=0"), fields).text();
  }

  /** One that did not come by the bridge, such as a web call. */
  @Test
  void showsACallOfRetellsOwnBeforeItEnds() {
    String callId = "call_" + UUID.randomUUID().toString().replace("-", "");
    Operator operator = operator();

    tell("call_started", callId, Json.object());
    assertThat(keys(operator, "?live=true")).contains(callId);
    JsonObject shown = operator.json("/console/calls/" + callId).getJsonObject("call");
    assertThat(shown.getString("stage")).isEqualTo("agent");
    assertThat(shown.getString("direction")).isEqualTo("web");
    assertThat(shown.getString("call_id")).isEqualTo(callId);
    assertThat(shown.keySet()).doesNotContain("call_sid");

    tell("call_ended", callId, Json.object().add("end_timestamp", System.currentTimeMillis()));
    assertThat(keys(operator, "?live=true")).doesNotContain(callId);
    assertThat(keys(operator, "")).contains(callId);
  }

  /** One that Retell placed itself, of which nobody asked the bridge anything. */
  @Test
  void showsWhomACallOfRetellsOwnBringsTogether() {
    String callId = "call_" + UUID.randomUUID().toString().replace("-", "");
    tell(
        "call_started",
        callId,
        Json.object()
            .add("direction", "outbound")
            .add("agent_id", "agent_own")
            .add("from_number", TwinNames.NUMBER)
            .add("to_number", TwinNames.CALLER),
        "phone_call");

    Operator operator = operator();
    JsonObject shown = operator.json("/console/calls/" + callId).getJsonObject("call");
    assertThat(shown.getString("direction")).isEqualTo("outbound");
    assertThat(shown.getString("agent")).isEqualTo("agent_own");
    assertThat(shown.getString("from")).isEqualTo("…" + TwinNames.NUMBER.substring(10));
    assertThat(shown.getString("to")).isEqualTo("…" + TwinNames.CALLER.substring(10));
    assertThat(shown.keySet()).contains("call_id").doesNotContain("call_sid");
    assertThat(operator.get("/console/calls/" + callId).body())
        .doesNotContain(TwinNames.CALLER.substring(4), TwinNames.NUMBER.substring(4));
    tell("call_ended", callId, Json.object(), "phone_call");
  }

  /** Retell's events come in any order. */
  @Test
  void showsWhenACallBeganOfWhichTheEndIsToldFirst() {
    String callId = "call_" + UUID.randomUUID().toString().replace("-", "");
    long end = System.currentTimeMillis() + 90_000;
    tell("call_ended", callId, Json.object().add("end_timestamp", end));

    JsonObject shown = operator().json("/console/calls/" + callId).getJsonObject("call");
    assertThat(shown.getJsonNumber("started").longValue()).isLessThan(end - 60_000);
  }

  /** Its place in the list is reckoned from when it began. */
  @Test
  void listsCallsAfterAnEventWithATimeThatCannotBe() {
    String callId = "call_" + UUID.randomUUID().toString().replace("-", "");
    tell("call_ended", callId, Json.object().add("start_timestamp", Long.MAX_VALUE / 2));

    Operator operator = operator();
    assertThat(keys(operator, "")).contains(callId);
    assertThat(keys(operator, "?live=true")).doesNotContain(callId);
  }

  private void tell(String event, String callId, JsonObjectBuilder call) {
    tell(event, callId, call, "web_call");
  }

  private void tell(String event, String callId, JsonObjectBuilder call, String type) {
    JsonObject usual =
        Json.object()
            .add("call_id", callId)
            .add("call_type", type)
            .add("start_timestamp", System.currentTimeMillis())
            .build();
    byte[] body =
        Json.object()
            .add("event", event)
            .add("call", Json.object(usual).addAll(call))
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder told =
        HttpRequest.newBuilder(local("/retell/events"))
            .header("Content-Type", "application/json")
            .header(
                "X-Retell-Signature",
                RetellSignature.of(
                    TwinNames.RETELL_KEYS.webhook(), body, System.currentTimeMillis()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    assertThat(send(told).statusCode()).isEqualTo(204);
  }

  private static List<String> keys(Operator operator, String query) {
    return calls(operator, query).getValuesAs(JsonObject.class).stream()
        .map(call -> call.getString("key"))
        .toList();
  }

  static Stream<Arguments> orders() {
    int other = (Instant.now().atOffset(ZoneOffset.UTC).getHour() + 12) % 24;
    String hours = String.format("Mo-Su %02d:00-%02d:30 UTC", other, other);
    return Stream.of(
        Arguments.of("{\"ai_share\":0}", "share"),
        Arguments.of("{\"drain\":true}", "drain"),
        Arguments.of("{\"ai_hours\":\"" + hours + "\"}", "hours"));
  }

  /** As any other: with numbers, to be found by one, from the webhook on. */
  @ParameterizedTest
  @MethodSource("orders")
  void showsACallThatWasTurnedAway(String turned, String reason) {
    Operator operator = operator();
    try {
      assertThat(operator.act(order(turned)).statusCode()).isEqualTo(200);
      LiveCall call = twin.twilio().openCall(call());
      call.awaitParty(Party.Kind.NUMBER);
      call.hangUp();
      call.awaitEnd();
      Await.until(
          "its course is written",
          () ->
              names(operator, call.callSid())
                  .containsAll(List.of("step webhook", "step fallback", "step leg_ended")));

      JsonObject shown = operator.json("/console/calls/" + call.callSid()).getJsonObject("call");
      assertThat(shown.getString("from")).isEqualTo("…" + TwinNames.CALLER.substring(10));
      assertThat(shown.getString("to")).isEqualTo("…" + TwinNames.NUMBER.substring(10));
      assertThat(operator.get("/console/calls/" + call.callSid()).body())
          .contains("\"reason\":\"" + reason + "\"");
      assertThat(operator.act("/console/calls/search", "X-Console-Number", TwinNames.CALLER).body())
          .contains(call.callSid());
    } finally {
      operator.act(order("{\"ai_share\":null,\"ai_hours\":null,\"drain\":false}"));
    }
  }

  @Test
  void examinesTheSettingsForItsOwnPagesOnly() {
    Operator operator = operator();
    assertThat(
            send(operator.request("/console/doctor").POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(403);
    twin.retell().faults().always(Fault.status(401));

    JsonObject report = Json.parseObject(operator.act("/console/doctor").body()).orElseThrow();

    assertThat(report.getInt("wrong")).isPositive();
    assertThat(report.getJsonArray("settings").getValuesAs(JsonObject.class))
        .anyMatch(it -> it.getString("sentence").startsWith("Retell refuses this key"))
        .anyMatch(it -> it.getString("sentence").startsWith("It was not examined, because"));
  }

  @Test
  void findsTheCallsOfANumberThatNobodyReads() {
    Operator operator = operator();
    HttpResponse<String> answer =
        operator.act("/console/calls/search", "X-Console-Number", FilledLedger.CALLER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"from\":\"…23\"")
        .doesNotContain(FilledLedger.CALLER.substring(4));
    assertThat(answer.body()).contains("\"more\":false");
    assertThat(operator.act("/console/calls/search", "X-Console-Number", "a number").statusCode())
        .isEqualTo(400);
  }

  @Test
  void writesDownWhoLookedAtWhom() {
    Operator operator = operator();
    JsonObject found =
        Json.parseObject(
                operator
                    .act("/console/calls/search", "X-Console-Number", FilledLedger.REGULAR)
                    .body())
            .orElseThrow();
    String key = found.getJsonArray("calls").getJsonObject(0).getString("key");
    String before = BridgeUnderTest.serverLog();
    send(operator.request("/console/calls/" + key).header("X-Auth-Request-User", "mia@example"));
    assertThat(BridgeUnderTest.loggedSince(before, "opened call " + key))
        .contains("console: mia@example at 127.0.0.x opened call " + key + " of …")
        .doesNotContain(FilledLedger.REGULAR);

    String after = BridgeUnderTest.serverLog();
    send(
        operator
            .request("/console/calls/search")
            .header("X-Auth-Request-User", "no <name>")
            .header("X-Console-Form", operator.formToken())
            .header("X-Console-Number", FilledLedger.REGULAR)
            .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(BridgeUnderTest.loggedSince(after, "looked for the calls of "))
        .contains("console: somebody at 127.0.0.x looked for the calls of …")
        .doesNotContain("<name>", FilledLedger.REGULAR);
  }

  @Test
  void saysThatANumberHasMoreCallsThanItShows() {
    JsonObject found =
        Json.parseObject(
                operator()
                    .act("/console/calls/search", "X-Console-Number", FilledLedger.REGULAR)
                    .body())
            .orElseThrow();

    assertThat(found.getJsonArray("calls")).hasSize(50);
    assertThat(found.getBoolean("more")).isTrue();
  }

  @Test
  void goesThroughTenThousandCalls() {
    Operator operator = operator();
    operator.json("/console/calls");
    long begun = System.nanoTime();
    JsonArray first = calls(operator, "");
    long firstPage = System.nanoTime() - begun;
    assertThat(first).hasSize(50);
    assertThat(calls(operator, "?started=0")).as("before all").isEmpty();
    JsonObject last = first.getJsonObject(49);
    int seen = 50;
    while (seen < 500) {
      JsonArray page =
          calls(
              operator,
              "?started=" + last.getJsonNumber("started") + "&key=" + last.getString("key"));
      assertThat(page).hasSize(50);
      assertThat(page.getJsonObject(0).getJsonNumber("started").longValue())
          .isLessThanOrEqualTo(last.getJsonNumber("started").longValue());
      last = page.getJsonObject(49);
      seen += 50;
    }
    assertThat(Duration.ofNanos(firstPage)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void showsDeadLettersAndSendsThemAgain() {
    twin.segment().trackingFaults().always(Fault.status(400));
    LiveCall call = twin.twilio().openCall(call());
    call.awaitAgent()
        .callFunction(
            twin.publicUrl("/add_event"),
            "place_order",
            Map.of("summary", "a", "total", "1", "timestamp", "2026-11-22T19:30:00Z"));
    call.hangUp();
    call.awaitEnd();
    Operator operator = operator();
    JsonArray letters = operator.json("/console/dead_letters").getJsonArray("dead_letters");
    assertThat(letters).isNotEmpty();
    JsonObject outbox = operator.json("/console/dead_letters");
    assertThat(outbox.getInt("dead")).isEqualTo(letters.size());
    assertThat(outbox.getInt("to_be_delivered")).isZero();
    String id = letters.getJsonObject(0).getString("message_id");

    twin.segment().trackingFaults().clear();
    assertThat(operator.act("/console/dead_letters/replay?message_id=" + id).body())
        .isEqualTo("{\"replayed\":1}");
    assertThat(operator.json("/console/dead_letters").getInt("dead")).isEqualTo(letters.size() - 1);
    Await.until(
        "it is delivered",
        () ->
            twin.segment().messages().stream()
                .anyMatch(message -> message.body().getString("messageId").equals(id)));
    operator.act("/console/dead_letters/replay");
  }

  @Test
  void throwsADeadLetterAwayForItsOwnPageOnly() {
    twin.segment().trackingFaults().always(Fault.status(400));
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    agent.callFunction(
        twin.publicUrl("/add_event"),
        "place_order",
        Map.of("summary", "thrown away", "total", "1", "timestamp", "2026-11-22T19:30:00Z"));
    call.hangUp();
    call.awaitEnd();
    Operator operator = operator();
    JsonArray letters = operator.json("/console/dead_letters").getJsonArray("dead_letters");
    JsonObject letter = letters.getJsonObject(letters.size() - 1);
    String path = "/console/dead_letters?message_id=" + letter.getString("message_id");
    String called = "/console/calls/" + letter.getString("call");
    Await.until("the call is written", () -> operator.get(called).statusCode() == 200);

    assertThat(send(operator.request(path).DELETE()).statusCode())
        .as("without the form token")
        .isEqualTo(403);
    assertThat(discard(operator, path)).isEqualTo(204);
    assertThat(operator.json("/console/dead_letters").getInt("dead")).isEqualTo(letters.size() - 1);
    assertThat(discard(operator, path)).isEqualTo(404);
    twin.segment().trackingFaults().clear();
    operator.act("/console/dead_letters/replay");
  }

  /** It is one action, whichever way an operator takes. */
  @ParameterizedTest
  @CsvSource({
    "POST,   /dead_letters/replay?message_id=nothing, 404",
    "POST,   /dead_letters/replay?message_id=,        404",
    "DELETE, /dead_letters?message_id=nothing,        404",
    "DELETE, /dead_letters?message_id=,               404",
    "DELETE, /dead_letters,                           400"
  })
  void saysTheSameOfALetterThatIsNotThereToScriptsAndToThePage(
      String method, String path, int status) {
    Operator operator = operator();
    HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
    HttpResponse<String> toScript =
        send(
            HttpRequest.newBuilder(local("/outbox" + path))
                .header("Authorization", "bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
                .method(method, nothing));
    HttpResponse<String> toPage =
        send(
            operator
                .request("/console" + path)
                .header("X-Console-Form", operator.formToken())
                .method(method, nothing));
    assertThat(toScript.statusCode()).isEqualTo(status);
    assertThat(toPage.statusCode()).isEqualTo(status);
    assertThat(toPage.body()).isEqualTo(toScript.body());
  }

  /** As for everything else that it opens (RFC 9110, 11.1). */
  @Test
  void takesTheTokenHoweverItsSchemeIsWritten() {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(local("/console/login"))
                .header("Authorization", "bearer  " + BridgeUnderTest.OPERATIONS_TOKEN)
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(204);
  }

  private int discard(Operator operator, String path) {
    return send(operator.request(path).header("X-Console-Form", operator.formToken()).DELETE())
        .statusCode();
  }

  @Test
  void turnsSwitches() {
    Operator operator = operator();
    assertThat(operator.act(order("{\"ai_share\":0}")).statusCode()).isEqualTo(200);
    assertThat(operate("/status").body()).contains("\"ai_share\":0");
    HttpResponse<String> refused = operator.act(order("{\"ai_share\":101}"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("ai_share must be");
    assertThat(operator.act(order("{}")).statusCode()).as("nothing to turn").isEqualTo(400);
    assertThat(operator.act(order("{\"ai_share\":null}")).body()).contains("\"ai_share\":100");
  }

  private static String order(String json) {
    return "/console/switches?order=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
  }

  @Test
  void showsStateAndFunctions() {
    Operator operator = operator();
    // Its figures change every two seconds, between the two answers too.
    Await.until(
        "both say the same",
        () -> operator.get("/console/state").body().equals(operate("/status").body()));
    assertThat(operator.get("/console/functions").body()).isEqualTo(operate("/functions").body());
  }

  /** A page that is told nothing new waits for it for good. */
  @Test
  @Timeout(120)
  void tellsWhatIsNewWhileItHappens() throws IOException, InterruptedException {
    Operator operator = operator();
    var stream =
        http.send(
                operator.request("/console/live").GET().build(),
                HttpResponse.BodyHandlers.ofInputStream())
            .body();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      assertThat(until(lines, "event: hello")).contains("event: hello");
      String breakers = "\"breakers\":{\"retell\":\"";
      assertThat(until(lines, breakers)).contains(breakers);
      LiveCall call = twin.twilio().openCall(call());
      call.awaitAgent();
      assertThat(until(lines, call.callSid())).contains(call.callSid());
      call.hangUp();
      call.awaitEnd();
      assertThat(until(lines, call.callSid())).as("its end").contains(call.callSid());
      operator.act(order("{\"ai_share\":40}"));
      assertThat(until(lines, "\"ai_share\":40")).contains("\"ai_share_from\":\"switch\"");
      operator.act(order("{\"drain\":true}"));
      assertThat(until(lines, "\"draining\":true")).contains("\"draining\":true");
      operator.act(order("{\"drain\":false}"));
      assertThat(until(lines, "\"draining\":false")).contains("\"draining\":false");
    } finally {
      operator.act(order("{\"ai_share\":null,\"drain\":false}"));
    }
  }

  private static String until(BufferedReader lines, String text) throws IOException {
    // A beat comes every 15 s, so that no line is waited for in vain.
    Instant end = Instant.now().plusSeconds(60);
    String line = lines.readLine();
    while (line != null && !line.contains(text)) {
      assertThat(Instant.now()).as("until " + text).isBefore(end);
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  private Operator operator() {
    Operator operator = new Operator(this::local);
    Await.until("the console opens", () -> tokenTaken(operator));
    return operator.logIn(BridgeUnderTest.OPERATIONS_TOKEN);
  }

  private static boolean tokenTaken(Operator operator) {
    return operator.tryToken(BridgeUnderTest.OPERATIONS_TOKEN).statusCode() == 204;
  }

  private static JsonArray calls(Operator operator, String query) {
    return operator.json("/console/calls" + query).getJsonArray("calls");
  }

  private static String first(Operator operator, boolean live) {
    JsonArray calls = calls(operator, "?live=" + live);
    return calls.isEmpty() ? "" : calls.getJsonObject(0).getString("key");
  }

  private static List<String> names(Operator operator, String key) {
    HttpResponse<String> answer = operator.get("/console/calls/" + key);
    return answer.statusCode() != 200
        ? List.of()
        : operator
            .json("/console/calls/" + key)
            .getJsonArray("moments")
            .getValuesAs(JsonObject.class)
            .stream()
            .map(moment -> moment.getString("kind") + " " + moment.getString("name"))
            .toList();
  }
}
