package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.harness.RawRequest;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.twilio.TwilioSignature;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** Bodies that come in pieces, too slowly, too large, compressed or from nobody. */
class BodiesIT extends DeployedBridge {
  private static final String PLAUSIBLE = "A".repeat(27) + "=";
  private static final Fields FIELDS =
      Fields.of("From", TwinNames.CALLER, "To", TwinNames.NUMBER, "CallerName", "Zoë & Co");

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(Map.of("FUNCTION_BUDGET", "PT13S"));
  }

  @Test
  void takesABodyInPieces() {
    String body = FIELDS.encoded();
    try (RawRequest request = new RawRequest(local("/start"))) {
      request.send(head(signature(), "Content-Length: " + body.length()));
      for (int i = 0; i < body.length(); i += 7) {
        request.send(body.substring(i, Math.min(body.length(), i + 7)));
      }
      assertThat(request.status()).isEqualTo(200);
    }
  }

  @Test
  void keepsPathAndQueryAsTheyCameWhileABodyComesInPieces() {
    String body = FIELDS.encoded();
    String query = "/start?agent_id=" + TwinNames.AGENT + "&note=a%20b%26c%2Bd";
    assertThat(inPieces(query, signature(query), body)).isEqualTo(200);
    assertThat(inPieces("/%73tart", signature("/%73tart"), body)).isEqualTo(404);
  }

  /** Payara loses a body, or the one after it, when it is told too early or asked too often. */
  @Test
  void takesABodyWheneverItComesAfterItsHead() {
    RawRequest connection = new RawRequest(local("/start"));
    try {
      for (int i = 0; i < 200; i++) {
        if (connection.over()) {
          // Open Liberty keeps no connection after a refusal.
          connection.close();
          connection = new RawRequest(local("/start"));
        }
        connection.send(head(PLAUSIBLE, "Content-Length: 10"));
        LockSupport.parkNanos(i * 20_000L);
        connection.send("From=12345");
        assertThat(connection.answer()).as("request %d", i).isEqualTo(403);
      }
    } finally {
      connection.close();
    }
  }

  /** GlassFish says 200 instead, also where 503 asked for a repeat, when a listener is told. */
  @Test
  void keepsTheStatusOfAnAnswerToABodyInPieces() {
    for (int i = 0; i < 100; i++) {
      String body =
          "{\"event\":\"call_started\",\"call\":{\"call_id\":\"call_in_pieces_%s\"}}".formatted(i);
      try (RawRequest request = new RawRequest(local("/retell/events"))) {
        request.send(retellHead("/retell/events", body));
        LockSupport.parkNanos(i * 20_000L);
        request.send(body);
        assertThat(request.status()).as("event %d", i).isEqualTo(204);
      }
    }
  }

  @Test
  void waitsLongerForAnAnswerThanForABody() {
    twin.twilio().faults().always(Fault.silent());
    String body =
        Json.object()
            .add("name", "send_sms")
            .add("args", Json.strings(Map.of("message", "Your table is booked")))
            .add(
                "call",
                Json.strings(
                    Map.of(
                        "call_id", "call_in_pieces",
                        "call_type", "phone_call",
                        "direction", "inbound",
                        "from_number", TwinNames.CALLER,
                        "to_number", TwinNames.NUMBER)))
            .build()
            .toString();
    try (RawRequest request = new RawRequest(local("/send_sms"))) {
      request.send(retellHead("/send_sms", body));
      request.send(body.substring(0, 20));
      request.send(body.substring(20));
      long sent = System.nanoTime();
      assertThat(request.answer()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - sent))
          .as("longer than a body may take")
          .isGreaterThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void takesAChunkedBody() {
    String body = FIELDS.encoded();
    try (RawRequest request = new RawRequest(local("/start"))) {
      request
          .send(head(signature(), "Transfer-Encoding: chunked"))
          .chunk(body.substring(0, 10))
          .chunk(body.substring(10))
          .send("0\r\n\r\n");
      assertThat(request.status()).isEqualTo(200);
    }
  }

  @Test
  void stopsAChunkedBodyAtTheLimit() {
    try (RawRequest request = new RawRequest(local("/start"))) {
      request.send(head(PLAUSIBLE, "Transfer-Encoding: chunked"));
      for (int i = 0; i < 9; i++) {
        request.chunk("x".repeat(8_000));
      }
      assertThat(request.status()).isEqualTo(413);
    }
    assertThat(twin.retell().requests().total()).isZero();
  }

  @Test
  void refusesACompressedBody() {
    try (RawRequest request = new RawRequest(local("/start"))) {
      request.send(head(PLAUSIBLE, "Content-Encoding: gzip\r\nContent-Length: 3")).send("abc");
      assertThat(request.status()).isEqualTo(415);
    }
  }

  @Test
  void takesABodyThatSaysItIsNotCompressed() {
    String body = FIELDS.encoded();
    try (RawRequest request = new RawRequest(local("/start"))) {
      request
          .send(head(signature(), "Content-Encoding: identity\r\nContent-Length: " + body.length()))
          .send(body);
      assertThat(request.status()).isEqualTo(200);
    }
  }

  /** One that comes at once, and one that is refused while it comes. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 70000", "Transfer-Encoding: chunked"})
  void countsAndWritesDownWhatItRefuses(String size) {
    double counted = refusedTooLarge();
    try (RawRequest request = new RawRequest(local("/start"))) {
      request.send(head(PLAUSIBLE, size));
      if (size.endsWith("chunked")) {
        for (int i = 0; i < 9; i++) {
          request.chunk("x".repeat(8_000));
        }
      }
      assertThat(request.status()).isEqualTo(413);
    }
    assertThat(refusedTooLarge()).isEqualTo(counted + 1);
    // Of others within the same second there is one line.
    BridgeUnderTest.loggedSince("", "Refused POST /start: twilio body: Content Too Large (413)");
  }

  private double refusedTooLarge() {
    String series = "bridge_bodies_refused_total{reason=\"too_large\",vendor=\"twilio\"} ";
    return operate("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .sum();
  }

  @Test
  void givesUpOnASenderThatStops() {
    try (RawRequest request = new RawRequest(local("/start"))) {
      request.send(head(PLAUSIBLE, "Content-Length: 100")).send("From=");
      assertThat(request.status()).isEqualTo(408);
    }
    assertThat(twin.retell().requests().total()).isZero();
  }

  @Test
  void refusesWhatNobodySignedWithoutWaitingForItsBody() {
    try (RawRequest request = new RawRequest(local("/start"))) {
      request.send(
          "POST /start HTTP/1.1\r\nHost: 127.0.0.1\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n");
      assertThat(request.status()).isEqualTo(403);
    }
  }

  @Test
  void refusesTwoSignatures() {
    String body = FIELDS.encoded();
    String length = "Content-Length: " + body.length();
    for (String second :
        new String[] {
          "X-Twilio-Signature: " + signature(),
          "X-Retell-Signature: v=1,d=" + "0".repeat(64),
          "X-Twilio-Signature: " + PLAUSIBLE
        }) {
      try (RawRequest request = new RawRequest(local("/start"))) {
        request.send(head(signature(), second + "\r\n" + length)).send(body);
        assertThat(request.status()).isEqualTo(403);
      }
    }
  }

  /** A form is signed field by field and JSON by its hash: what else comes along is not signed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json",
        "application/xml",
        "application/x-www-form-urlencoded2",
        "multipart/form-data; boundary=x",
        "*/*"
      })
  void refusesABodyThatTheSignatureDoesNotCover(String type) {
    String signature =
        TwilioSignature.of(TwinNames.ACCOUNT.authToken(), twin.publicUrl("/start"), Fields.of());
    String body = FIELDS.encoded();
    try (RawRequest request = new RawRequest(local("/start"))) {
      request
          .send(
              head(signature, "Content-Length: " + body.length())
                  .replace("application/x-www-form-urlencoded\r\n", type + "\r\n"))
          .send(body);
      assertThat(request.status()).isEqualTo(403);
    }
    assertThat(twin.retell().requests().total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST http://bridge.example.test/voice/start HTTP/1.1",
        "POST http://bridge.example.test/start HTTP/1.1",
        "POST /start HTTP/1.0",
        "POST /start? HTTP/1.1",
        "POST /start?X-Twilio-Signature=AAAAAAAAAAAAAAAAAAAAAAAAAAA= HTTP/1.1",
        "GET /start HTTP/1.1",
        "GET /start?From=%2B61491570006 HTTP/1.0"
      })
  void refusesWhatNobodySignedInEveryShape(String line) {
    try (RawRequest request = new RawRequest(local("/start"))) {
      request.send(line + "\r\nHost: bridge.example.test\r\nContent-Length: 0\r\n\r\n");
      assertThat(request.status()).isIn(403, 404);
    }
    assertThat(twin.retell().requests().total()).isZero();
  }

  @Test
  void answersCallsWhileManySendersAreSlow() {
    List<RawRequest> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 250; i++) {
        slow.add(
            new RawRequest(local("/start"))
                .send(head(PLAUSIBLE, "Content-Length: 100"))
                .send("From="));
      }
      assertThat(twin.twilio().placeCall(call()).reachedAgent()).isTrue();
    } finally {
      slow.forEach(RawRequest::close);
    }
  }

  private int inPieces(String target, String signature, String body) {
    try (RawRequest request = new RawRequest(local("/start"))) {
      String head = head(signature, "Content-Length: " + body.length());
      request.send(head.replace("/start HTTP", target + " HTTP"));
      for (int i = 0; i < body.length(); i += 7) {
        request.send(body.substring(i, Math.min(body.length(), i + 7)));
      }
      return request.status();
    }
  }

  private static String retellHead(String path, String body) {
    String signature =
        RetellSignature.of(
            TwinNames.RETELL_KEYS.webhook(), body.getBytes(UTF_8), System.currentTimeMillis());
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Retell-Signature: "
        + signature
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n";
  }

  private static String signature() {
    return signature("/start");
  }

  private static String signature(String target) {
    return TwilioSignature.of(TwinNames.ACCOUNT.authToken(), twin.publicUrl(target), FIELDS);
  }

  private static String head(String signature, String more) {
    return "POST /start HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: "
        + signature
        + "\r\n"
        + more
        + "\r\n\r\n";
  }
}
