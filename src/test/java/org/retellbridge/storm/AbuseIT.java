package org.retellbridge.storm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.harness.Node;
import org.retellbridge.harness.RawRequest;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.PlacedCall;

/**
 * Whoever wants to do harm is refused cheaply: callers are still answered, and memory stays where
 * it was. {@code -Dabuse.requests} says how large the flood is.
 */
class AbuseIT {
  private static final int FLOOD = Integer.getInteger("abuse.requests", 3_000);
  private static final int AT_ONCE = 64;
  private static final long GROWTH_MEGABYTES = 64;
  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String WRONG_TWILIO = "A".repeat(27) + "=";

  private static final Twin twin = Twin.start();
  private static final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private static Path folder;
  private static Node node;
  private static long heap;

  @BeforeAll
  static void start() {
    node = Node.in(folder, twin.settings(), List.of()).start().awaitUp();
    twin.publish(node.url(""));
    for (int i = 0; i < 5; i++) {
      assertThat(place().reachedAgent()).isTrue();
    }
    heap = node.liveHeapMegabytes();
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
    twin.close();
  }

  @AfterEach
  void harmsNobody() {
    callersAreAnswered();
    assertThat(node.liveHeapMegabytes()).isLessThan(heap + GROWTH_MEGABYTES);
    assertThat(node.log()).doesNotContain("OutOfMemoryError", "StackOverflowError");
  }

  @Test
  void refusesAFloodOfRequestsThatNobodySigned() throws Exception {
    Semaphore places = new Semaphore(AT_ONCE);
    AtomicInteger refused = new AtomicInteger();
    Queue<Throwable> failed = new ConcurrentLinkedQueue<>();
    List<HttpRequest> kinds =
        List.of(
            post("/start", FORM, "From=1").build(),
            post("/start", FORM, "From=1").header("X-Twilio-Signature", WRONG_TWILIO).build(),
            post("/dial_ended", FORM, "x".repeat(10_000))
                .header("X-Twilio-Signature", WRONG_TWILIO)
                .build(),
            post("/lookup", "application/json", "{}")
                .header("X-Retell-Signature", "v=1,d=" + "0".repeat(64))
                .build());
    long began = System.nanoTime();
    for (int i = 0; i < FLOOD; i++) {
      places.acquire();
      http.sendAsync(kinds.get(i % kinds.size()), BodyHandlers.discarding())
          .whenComplete(
              (answer, thrown) -> {
                if (thrown != null) {
                  failed.add(thrown);
                } else if (List.of(401, 403).contains(answer.statusCode())) {
                  refused.incrementAndGet();
                }
                // Last, because whoever holds all places believes that everything was counted.
                places.release();
              });
      if (i % (FLOOD / 10) == FLOOD / 20) {
        callersAreAnswered();
      }
    }
    places.acquire(AT_ONCE);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(failed).isEmpty();
    assertThat(refused).hasValue(FLOOD);
    System.out.println(
        FLOOD + " unsigned requests were refused in " + took.toMillis() + " ms, calls in between");
  }

  @Test
  void answersCallsWhileSendersAreSlow() {
    List<RawRequest> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 150; i++) {
        slow.add(raw("/start").send("POST /start HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow"));
        slow.add(
            raw("/start")
                .send(head("/start", FORM, "X-Twilio-Signature: " + WRONG_TWILIO, 100))
                .send("From="));
      }
      callersAreAnswered();
      for (RawRequest request : slow) {
        request.send("a");
      }
      callersAreAnswered();
    } finally {
      slow.forEach(RawRequest::close);
    }
  }

  @Test
  void refusesHugeHeaders() {
    assertRefused(
        () -> {
          try (RawRequest request = raw("/start")) {
            request.send("POST /start HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Huge: ");
            for (int i = 0; i < 100; i++) {
              request.send("x".repeat(10_000));
            }
            return request.send("\r\n\r\n").status();
          }
        });
    assertRefused(
        () -> {
          try (RawRequest request = raw("/start")) {
            request.send("POST /start HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            for (int i = 0; i < 20_000; i++) {
              request.send("X-" + i + ": 1\r\n");
            }
            return request.send("\r\n").status();
          }
        });
    assertRefused(
        () -> {
          try (RawRequest request = raw("/start")) {
            return request
                .send("GET /start?" + "x".repeat(500_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                .status();
          }
        });
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("deep arrays", bytes("[".repeat(1_000_000)), 400),
        Arguments.of("deep objects", bytes("{\"a\":".repeat(1_000_000)), 400),
        Arguments.of(
            "deep and closed",
            bytes("{\"call\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
            400),
        Arguments.of(
            "a number beyond all bounds",
            bytes("{\"name\":\"f\",\"call\":{},\"args\":{\"a\":1e999999999}}"),
            -1),
        Arguments.of("invalid UTF-8", new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '}'}, 400),
        Arguments.of("billion laughs", bytes(laughs()), 400),
        Arguments.of("many keys", bytes(manyKeys()), -1));
  }

  /** From somebody who knows the key, or has found a way to make Retell say it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void refusesSignedBodiesThatWouldCostTooMuch(String what, byte[] body, int status) {
    long began = System.nanoTime();
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(node.url("/lookup")))
                .header("Content-Type", "application/json")
                .header("X-Retell-Signature", signature(body))
                .POST(BodyPublishers.ofByteArray(body)));
    assertThat(answer.statusCode()).isIn(status < 0 ? List.of(200, 400, 404) : List.of(status));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(QUICK);
  }

  @Test
  void neverReadsXml() {
    byte[] body = bytes(laughs());
    for (String path : new String[] {"/start", "/lookup", "/retell/events", "/create_task"}) {
      assertThat(send(post(path, "application/xml", laughs())).statusCode()).isIn(401, 403);
      int signed =
          send(post(path, "text/xml", laughs()).header("X-Retell-Signature", signature(body)))
              .statusCode();
      assertThat(signed).as(path).isBetween(400, 499);
    }
  }

  @Test
  void unpacksNothing() {
    for (String path : new String[] {"/start", "/lookup"}) {
      HttpRequest.Builder bomb =
          post(path, "application/json", "x".repeat(1_000))
              .header("Content-Encoding", "gzip")
              .header(
                  path.equals("/start") ? "X-Twilio-Signature" : "X-Retell-Signature",
                  path.equals("/start") ? WRONG_TWILIO : signature(bytes("x".repeat(1_000))));
      assertThat(send(bomb).statusCode()).isEqualTo(415);
    }
  }

  @Test
  void takesNoMoreThanItSaysAndNotWhatIsAnnouncedTooLarge() {
    try (RawRequest request = raw("/lookup")) {
      request.send(
          head(
              "/lookup",
              "application/json",
              "X-Retell-Signature: " + signature(bytes("x")),
              1L << 40));
      assertThat(request.status()).isEqualTo(413);
    }
    assertRefused(
        () -> {
          try (RawRequest request = raw("/lookup")) {
            request.send(
                "POST /lookup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "X-Retell-Signature: "
                    + signature(bytes("x"))
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 100; i++) {
              request.chunk("x".repeat(100_000));
            }
            return request.status();
          }
        });
  }

  /** A refusal, or a connection that the server has closed for good reason. */
  private static void assertRefused(java.util.function.IntSupplier request) {
    long began = System.nanoTime();
    try {
      assertThat(request.getAsInt()).isBetween(400, 499);
    } catch (UncheckedIOException | NullPointerException closed) {
      assertThat(closed).as("closed in the middle").isNotNull();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  private static void callersAreAnswered() {
    PlacedCall call = place();
    assertThat(call.reachedAgent()).isTrue();
    assertThat(call.firstDocument().took()).isLessThan(QUICK);
  }

  private static PlacedCall place() {
    return twin.twilio()
        .placeCall(CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER));
  }

  private static HttpRequest.Builder post(String path, String type, String body) {
    return HttpRequest.newBuilder(URI.create(node.url(path)))
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static RawRequest raw(String path) {
    return new RawRequest(URI.create(node.url(path)));
  }

  private static String head(String path, String type, String proof, long length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
        + type
        + "\r\n"
        + proof
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static String signature(byte[] body) {
    return RetellSignature.of(TwinNames.RETELL_KEYS.webhook(), body, System.currentTimeMillis());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String manyKeys() {
    StringBuilder json = new StringBuilder("{\"name\":\"f\",\"call\":{},\"args\":{\"a\":1");
    for (int i = 0; i < 200_000; i++) {
      json.append(",\"key").append(i).append("\":").append(i);
    }
    return json.append("}}").toString();
  }

  private static String laughs() {
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      xml.append("<!ENTITY l").append(i).append(" \"");
      xml.append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
    }
    return xml.append("]><l>&l29;</l>").toString();
  }
}
