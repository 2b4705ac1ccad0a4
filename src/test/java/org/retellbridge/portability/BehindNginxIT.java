package org.retellbridge.portability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.harness.Nginx;
import org.retellbridge.harness.SelfSigned;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.twilio.TwilioSignature;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** As operators have it: nginx before it, which ends TLS and takes the path prefix off. */
@Tag("nginx")
class BehindNginxIT extends DeployedBridge {
  private static final String PREFIX = "/voice";
  private static final String NOBODY = "192.0.2.1";
  private static final int MANY = 100;

  private static final AtomicInteger CALLS = new AtomicInteger();

  @TempDir private static Path folder;
  private static SelfSigned certificate;
  private static Nginx nginx;

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(Map.of());
  }

  /** One for all tests; only now it is known where the bridge is. */
  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    if (nginx == null) {
      certificate = SelfSigned.in(folder.resolve("front.p12"));
      certificate.write(folder.resolve("chain.pem"), folder.resolve("key.pem"));
      nginx = before(NOBODY, folder);
    }
  }

  private Nginx before(String operators, Path place) {
    return before(operators, OptionalInt.empty(), place);
  }

  private Nginx before(String operators, OptionalInt names, Path place) {
    return Nginx.before(
        local("/").getPort(),
        operators,
        names,
        folder.resolve("chain.pem"),
        folder.resolve("key.pem"),
        place);
  }

  @AfterAll
  static void stop() {
    if (nginx != null) {
      nginx.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void startsCalls(Version version) {
    HttpResponse<String> answer = answer(version, signed("/start", newCall()));

    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<Sip>sip:");
  }

  @ParameterizedTest
  @EnumSource
  void startsManyCallsAtOnce(Version version) {
    HttpClient client = client(version);
    List<CompletableFuture<HttpResponse<String>>> answers =
        Stream.generate(() -> signed("/start", newCall()))
            .limit(MANY)
            .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
            .toList();

    assertThat(answers).allMatch(answer -> answer.join().body().contains("<Sip>sip:"));
    assertThat(twin.retell().requests().total()).isEqualTo(MANY);
  }

  @Test
  void keepsAQueryAsItWasSigned() {
    String query = "/start?agent_id=" + TwinNames.OTHER_AGENT + "&note=a%20b%26c%2Bd";

    assertThat(answer(Version.HTTP_2, signed(query, newCall())).body()).contains("<Sip>sip:");
  }

  @Test
  void takesABodyOfUnknownLength() {
    Fields call = newCall();
    HttpRequest.Builder request = form("/start", call).POST(unknownLength(call.encoded()));

    assertThat(answer(Version.HTTP_1_1, request.build()).body()).contains("<Sip>sip:");
    assertThat(answer(Version.HTTP_2, request.build()).body()).contains("<Sip>sip:");
  }

  private static BodyPublisher unknownLength(String body) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @EnumSource
  void answersFunctions(Version version) {
    String body =
        Json.object()
            .add("name", "send_sms")
            .add("args", Json.strings(Map.of("message", "Your table is booked " + version)))
            .add("call", Json.strings(callOf("call_behind_nginx_" + version)))
            .build()
            .toString();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(nginx.secure(PREFIX + "/send_sms")))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("X-Retell-Signature", retellSignature(body))
            .POST(BodyPublishers.ofString(body))
            .build();

    assertThat(answer(version, request).body()).contains("\"status\":\"sent\"");
    assertThat(twin.twilio().messages()).hasSize(1);
  }

  private static Map<String, String> callOf(String id) {
    return Map.of(
        "call_id",
        id,
        "call_type",
        "phone_call",
        "direction",
        "inbound",
        "from_number",
        TwinNames.CALLER,
        "to_number",
        TwinNames.NUMBER);
  }

  private static String retellSignature(String body) {
    return RetellSignature.of(
        TwinNames.RETELL_KEYS.webhook(), body.getBytes(UTF_8), System.currentTimeMillis());
  }

  @Test
  void refusesWhatNobodySigned() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(nginx.secure(PREFIX + "/start")))
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(newCall().encoded()))
            .build();

    assertThat(answer(Version.HTTP_2, request).statusCode()).isEqualTo(403);
    assertThat(twin.retell().requests().total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/status",
        "/prometheus",
        "/functions",
        "/switches",
        "/outbox",
        "/openapi.yaml",
        "/health/ready",
        "/metrics",
        "/openapi",
        "//health/live",
        "///metrics",
        "/%2fhealth/live",
        "/voice/status",
        "/voice//health/live",
        "/console",
        "/console/live",
        "//console",
        "/voice/console"
      })
  void closesTheOperatingSideToStrangers(String path) {
    assertThat(answer(Version.HTTP_2, operator(nginx, path)).statusCode()).isEqualTo(403);
  }

  /** Servers cut such parameters off, each in its own way, before they look at the path. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health;x=1/live",
        "/;x/health/live",
        "/start/..;/health/live",
        "/console;x=1",
        "/voice/status;x=1"
      })
  void knowsNoPathWithParameters(String path) {
    assertThat(answer(Version.HTTP_2, operator(nginx, path)).statusCode()).isEqualTo(404);
  }

  @Test
  void opensTheOperatingSideToOperators(@TempDir Path another) {
    try (Nginx inside = before("127.0.0.1", another)) {
      HttpResponse<String> status = answer(Version.HTTP_2, operator(inside, "/voice/status"));

      assertThat(status.statusCode()).isEqualTo(200);
      assertThat(status.body()).contains("\"ledger\"");
      assertThat(answer(Version.HTTP_2, operator(inside, "/voice/console")).statusCode())
          .isEqualTo(200);
    }
  }

  /** The lines that an operator with an identity provider takes the marks off. */
  @Test
  void asksForANameBeforeTheConsole(@TempDir Path another) throws IOException {
    AtomicInteger said = new AtomicInteger(401);
    HttpServer provider =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/oauth2/auth",
        exchange -> {
          exchange.sendResponseHeaders(said.get(), -1);
          exchange.close();
        });
    provider.start();
    try (Nginx named =
        before("127.0.0.1", OptionalInt.of(provider.getAddress().getPort()), another)) {
      HttpResponse<String> stranger = answer(Version.HTTP_2, operator(named, "/voice/console"));
      assertThat(stranger.statusCode()).isEqualTo(302);
      assertThat(stranger.headers().firstValue("Location"))
          .hasValueSatisfying(it -> assertThat(it).contains("/oauth2/start?rd="));

      said.set(202);
      assertThat(answer(Version.HTTP_2, operator(named, "/voice/console")).statusCode())
          .isEqualTo(200);
    } finally {
      provider.stop(0);
    }
  }

  @Test
  void leadsToTls() {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(URI.create(nginx.plain("/voice/start"))).GET());

    assertThat(answer.statusCode()).isEqualTo(308);
    assertThat(answer.headers().firstValue("Location")).hasValue("https://127.0.0.1/voice/start");
  }

  private static HttpRequest operator(Nginx nginx, String path) {
    return HttpRequest.newBuilder(URI.create(nginx.secure(path)))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
        .build();
  }

  private static HttpRequest signed(String path, Fields fields) {
    return form(path, fields).POST(BodyPublishers.ofString(fields.encoded())).build();
  }

  private static HttpRequest.Builder form(String path, Fields fields) {
    return HttpRequest.newBuilder(URI.create(nginx.secure(PREFIX + path)))
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header(
            "X-Twilio-Signature",
            TwilioSignature.of(TwinNames.ACCOUNT.authToken(), twin.publicUrl(path), fields));
  }

  private static Fields newCall() {
    return Fields.of(
        "CallSid",
        "CA%032d".formatted(CALLS.incrementAndGet()),
        "Direction",
        "inbound",
        "From",
        TwinNames.CALLER,
        "To",
        TwinNames.NUMBER,
        "CallerName",
        "Zoë & Co");
  }

  private static HttpResponse<String> answer(Version version, HttpRequest request) {
    return client(version).sendAsync(request, BodyHandlers.ofString()).join();
  }

  private static HttpClient client(Version version) {
    try {
      return HttpClient.newBuilder().version(version).sslContext(certificate.trust()).build();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
