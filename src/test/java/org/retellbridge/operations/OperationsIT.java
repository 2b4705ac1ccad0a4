package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.harness.server.ServerUnderTest;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;

/** What operators see, and nobody else, against the packaged WAR. */
class OperationsIT extends DeployedBridge {
  private static final List<String> PATHS =
      List.of(
          "/status",
          "/status/doctor",
          "/openapi.yaml",
          "/probe",
          "/switches",
          "/prometheus",
          "/functions",
          "/outbox/dead_letters",
          "/outbox/dead_letters/replay");
  private static final List<String> VERBS =
      List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
  private static final String RECEIVER = "events_receiver";
  private static final List<String> VENDOR =
      List.of(
          "breaker",
          "last_success",
          "last_failure",
          "last_failure_kind",
          "unreachable_because",
          "p50_ms",
          "p95_ms");
  private static final String RIGHT = "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN;

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "FALLBACK_NUMBER",
            TwinNames.HUMAN,
            "RETELL_EVENTS",
            "true",
            "PERSONALIZE_BUDGET",
            "PT2S"));
  }

  static Stream<Arguments> pathsAndVerbs() {
    return PATHS.stream().flatMap(path -> VERBS.stream().map(verb -> Arguments.of(path, verb)));
  }

  @ParameterizedTest
  @MethodSource("pathsAndVerbs")
  void looksLikeNothingToWhoHasNoToken(String path, String verb) {
    String nothing = told(ask(verb, "/no-such-path", Map.of()));

    assertThat(told(ask(verb, path, Map.of()))).isEqualTo(nothing);
    assertThat(told(ask(verb, path, fromElsewhere("Bearer wrong-token-of-the-tests"))))
        .isEqualTo(nothing);
    assertThat(told(ask(verb, path, fromElsewhere("Basic " + secret())))).isEqualTo(nothing);
    assertThat(told(ask(verb, path, Map.of("Cookie", "OPERATIONS_TOKEN=" + secret()))))
        .isEqualTo(nothing);
    assertThat(told(ask(verb, path, Map.of("X-Forwarded-For", "127.0.0.1")))).isEqualTo(nothing);
    assertThat(told(ask(verb, path + "?token=" + secret() + "&access_token=" + secret(), Map.of())))
        .isEqualTo(nothing);
  }

  /** Who guesses has to wait, and must not make the other tests wait. */
  private static Map<String, String> fromElsewhere(String authorization) {
    return Map.of("Authorization", authorization, "X-Forwarded-For", "203.0.113.9");
  }

  @Test
  void slowsCountsAndTellsGuesses() {
    String before = BridgeUnderTest.serverLog();
    double refused = measured("bridge_operators_refused_total", "door=\"token\"");
    // The first wait is a second: who is slower than that has not come too early.
    Await.until(
        "even the right one comes too early",
        () -> {
          for (int i = 0; i < 4; i++) {
            ask("GET", "/status", fromElsewhere("Bearer wrong-token-of-the-tests"));
          }
          return ask("GET", "/status", fromElsewhere(RIGHT)).statusCode() == 404;
        });

    assertThat(ask("GET", "/status", Map.of("Authorization", RIGHT)).statusCode()).isEqualTo(200);
    assertThat(measured("bridge_operators_refused_total", "door=\"token\""))
        .isGreaterThanOrEqualTo(refused + 5);
    // One line a second at most, and the other tests' refusals count as well.
    Await.until(
        "the log tells",
        () -> {
          ask("GET", "/status", fromElsewhere("Bearer wrong-token-of-the-tests"));
          return since(before).contains("Refused GET /status from 127.0.0.x (a proxy): ");
        });
    assertThat(since(before)).doesNotContain("wrong-token-of-the-tests", secret());
  }

  private static String since(String before) {
    return BridgeUnderTest.serverLog().substring(before.length());
  }

  static Stream<String> readable() {
    return Stream.of(
        "/status",
        "/prometheus",
        "/functions",
        "/openapi.yaml",
        "/switches",
        "/outbox/dead_letters");
  }

  @ParameterizedTest
  @MethodSource("readable")
  void opensToWhoHoldsTheToken(String path) {
    assertThat(ask("GET", path, Map.of("Authorization", RIGHT)).statusCode()).isEqualTo(200);
    assertThat(ask("GET", path + "/", Map.of("Authorization", RIGHT)).statusCode()).isEqualTo(404);
    assertThat(ask("POST", path, Map.of("Authorization", RIGHT)).statusCode()).isEqualTo(405);
  }

  @Test
  void saysWhatIsOnAndHowTheVendorsAreDoing() {
    Instant before = Instant.now().minusSeconds(1);
    // On a cold or busy machine a greeting may be too late; that of the next call is not.
    Await.until(
        "every vendor has answered",
        () -> {
          wholeCall();
          return haveAnsweredSince(before);
        });

    JsonObject status = Json.parseObject(operate("/status").body()).orElseThrow();

    assertThat(status.getString("version")).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(status.getString("node")).isNotBlank();
    assertThat(Instant.parse(status.getString("started"))).isBefore(Instant.now());
    assertThat(status.getJsonObject("features").getJsonObject("agent").getBoolean("on")).isTrue();
    assertThat(status.getJsonObject("ledger").getBoolean("up")).isTrue();
    assertThat(status.getJsonObject("ledger").getInt("outbox")).isNotNegative();
    assertThat(status.getJsonObject("ledger").isNull("clock_ahead_seconds")).isTrue();
    JsonObject vendors = status.getJsonObject("vendors");
    assertThat(vendors.keySet())
        .containsExactly(
            "retell",
            "segment_greetings",
            "segment_profiles",
            "segment_tracking",
            "twilio",
            RECEIVER);
    assertThat(vendors.getJsonObject(RECEIVER).getString("breaker")).isEqualTo("CLOSED");
    assertThat(vendors.getJsonObject(RECEIVER).isNull("last_success")).isTrue();
    for (String name : asked(vendors)) {
      JsonObject vendor = vendors.getJsonObject(name);
      assertThat(vendor.keySet()).as(name).containsExactlyElementsOf(VENDOR);
      assertThat(vendor.getString("breaker")).as(name).isEqualTo("CLOSED");
      assertThat(Instant.parse(vendor.getString("last_success"))).as(name).isAfter(before);
      assertThat(vendor.getJsonNumber("p50_ms").doubleValue())
          .as(name)
          .isPositive()
          .isLessThanOrEqualTo(vendor.getJsonNumber("p95_ms").doubleValue());
    }
  }

  private boolean haveAnsweredSince(Instant before) {
    JsonObject vendors =
        Json.parseObject(operate("/status").body()).orElseThrow().getJsonObject("vendors");
    return asked(vendors).stream()
        .map(name -> vendors.getJsonObject(name).getString("last_success", ""))
        .allMatch(success -> !success.isEmpty() && Instant.parse(success).isAfter(before));
  }

  /** Nobody here has a receiver of events. */
  private static Set<String> asked(JsonObject vendors) {
    Set<String> asked = new TreeSet<>(vendors.keySet());
    asked.remove(RECEIVER);
    return asked;
  }

  @Test
  void measuresWhatTheDocumentSaysAndNothingElse() {
    wholeCall();

    assertThat(Meter.measured(operate("/prometheus").body()))
        .containsExactlyInAnyOrderElementsOf(Meter.documented());
  }

  /** Names that nobody measures any more would leave panels empty and alarms silent. */
  @ParameterizedTest
  @ValueSource(strings = {"docs/grafana-dashboard.json", "docs/prometheus-alerts.yaml"})
  void measuresWhatDashboardAndAlertsAskFor(String document) throws IOException {
    wholeCall();
    Set<String> measured = Meter.names(operate("/prometheus").body());

    Set<String> asked = Meter.asked(Files.readString(Path.of(document)));

    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(measured).containsAll(asked);
  }

  @Test
  void showsEveryMeterOnTheDashboard() throws IOException {
    String dashboard = Files.readString(Path.of("docs/grafana-dashboard.json"));

    assertThat(Meter.documented()).extracting(Meter::name).allMatch(dashboard::contains);
  }

  @Test
  void servesItsDescription() {
    HttpResponse<String> answer = operate("/openapi.yaml");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/yaml");
    assertThat(answer.body())
        .startsWith("openapi: ")
        .contains("\"/create_task\":", "\"/status/doctor\":");
  }

  /** A server without MicroProfile Health has nothing there, and deploys the file all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready"})
  void isAliveAndReadyWhateverTheVendorsDo(String path) {
    twin.retell().faults().always(new Fault.Cut(false));
    twin.twilio().faults().always(new Fault.Cut(false));
    twin.twilio().placeCall(call());

    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + local("").getPort() + path))
                .GET());

    assertThat(answer.statusCode()).isEqualTo(ServerUnderTest.hasHealth() ? 200 : 404);
    if (!ServerUnderTest.hasHealth()) {
      return;
    }
    JsonObject health = Json.parseObject(answer.body()).orElseThrow();
    assertThat(health.getString("status")).isEqualTo("UP");
    assertThat(health.getJsonArray("checks").getValuesAs(JsonObject.class))
        .extracting(check -> check.getString("name"))
        .contains(path.endsWith("live") ? "bridge-alive" : "bridge-ready")
        .doesNotContain("bridge");
  }

  /** Moves every meter of the bridge. */
  private void wholeCall() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    Map<String, String> customer = Map.of("name", "Mia Example", "phone", TwinNames.CALLER);
    use(agent, "/lookup", Map.of());
    use(agent, "/save_customer", customer);
    use(agent, "/save_customer", customer);
    use(agent, "/redirect", Map.of("summary", "x"));
    call.awaitParty(Party.Kind.STUDIO);
    call.farEndHangsUp();
    call.awaitEnd();
    twin.retell().awaitDeliveries();
  }

  private static void use(AgentCall agent, String path, Map<String, String> arguments) {
    ToolCall tool = ToolCall.of(twin.publicUrl(path), path.substring(1), Json.strings(arguments));
    assertThat(agent.callFunction(tool.toolCallId("tool_call_" + path.substring(1))).status())
        .as(path)
        .isEqualTo(200);
  }

  private static String told(HttpResponse<String> response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers().map());
    List.of("Date", "Connection").forEach(headers::remove);
    return response.statusCode() + " " + headers + " " + response.body();
  }

  private HttpResponse<String> ask(String verb, String path, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(local(path)).method(verb, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    return send(request);
  }

  private static String secret() {
    return BridgeUnderTest.OPERATIONS_TOKEN;
  }
}
