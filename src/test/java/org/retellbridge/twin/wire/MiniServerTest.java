package org.retellbridge.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MiniServerTest {

  private final AtomicInteger acted = new AtomicInteger();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private MiniServer server =
      new MiniServer(
          "test",
          request -> {
            acted.incrementAndGet();
            return Reply.text(200, "text/plain", request.method() + " " + request.text());
          },
          new Blind());

  @AfterEach
  void close() {
    server.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.base().resolve(path)).timeout(Duration.ofSeconds(5));
  }

  private HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return client.send(
        to(path).POST(BodyPublishers.ofString("hi")).build(), BodyHandlers.ofString());
  }

  @Test
  void readsFixedAndChunkedBodiesOnOneConnection() throws Exception {
    assertThat(post("/a").body()).isEqualTo("POST hi");
    HttpRequest chunked =
        to("/b")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("lo")))
            .expectContinue(true)
            .build();
    assertThat(client.send(chunked, BodyHandlers.ofString()).body()).isEqualTo("POST lo");
    assertThat(server.log().all()).extracting(Request::target).containsExactly("/a", "/b");
  }

  @Test
  void strikesAsOftenAsToldAndOnlyWhereTold() throws Exception {
    FaultRule rule =
        server.faults().add(FaultRule.of(Fault.status(429).retryAfter(2)).on("/a").times(1));

    assertThat(post("/b").statusCode()).isEqualTo(200);
    HttpResponse<String> struck = post("/a");
    assertThat(struck.statusCode()).isEqualTo(429);
    assertThat(struck.headers().firstValue("Retry-After")).contains("2");
    assertThat(post("/a").statusCode()).isEqualTo(200);
    assertThat(rule.hits()).isEqualTo(1);
    assertThat(acted).hasValue(2);
  }

  @Test
  void cutsBeforeOrAfterActing() {
    server.faults().next(Fault.cut());
    assertThatThrownBy(() -> post("/a")).isInstanceOf(IOException.class);
    assertThat(acted).hasValue(0);

    server.faults().next(Fault.cutAfterActing());
    assertThatThrownBy(() -> post("/a")).isInstanceOf(IOException.class);
    assertThat(acted).hasValue(1);
  }

  @Test
  void actsAndSaysOtherwise() throws Exception {
    server.faults().next(Fault.status(500).afterItActed());

    assertThat(post("/a").statusCode()).isEqualTo(500);
    assertThat(acted).hasValue(1);
  }

  @Test
  void givesHalfAnAnswerAndCutsOrStalls() {
    server.faults().next(Fault.half());
    assertThatThrownBy(() -> post("/a")).isInstanceOf(IOException.class);

    server.faults().next(Fault.halfThenSilence());
    CompletableFuture<HttpResponse<String>> stalled =
        client.sendAsync(to("/a").GET().build(), BodyHandlers.ofString());
    assertThatThrownBy(() -> stalled.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    stalled.cancel(true);
  }

  @Test
  void answersGarbageNothingHtml() throws Exception {
    server.faults().next(Fault.garbage());
    assertThat(Json.parse(post("/a").body().getBytes())).isEmpty();
    server.faults().next(Fault.nothing());
    assertThat(post("/a").body()).isEmpty();
    server.faults().next(Fault.html());
    assertThat(post("/a").headers().firstValue("content-type")).contains("text/html");
  }

  @Test
  void comesLateAndByteByByte() throws Exception {
    server.faults().next(Fault.late(Duration.ofMillis(50)));
    server.faults().next(Fault.trickle(Duration.ofMillis(2)));
    long start = System.nanoTime();

    assertThat(post("/a").body()).isEqualTo("POST hi");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(60));
  }

  @Test
  void holdsAnAnswerBackUntilItIsLetGo() throws Exception {
    CountDownLatch letGo = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> answer = held(letGo);
    assertThat(acted).hasValue(0);

    letGo.countDown();
    assertThat(answer.get().statusCode()).isEqualTo(200);
    assertThat(acted).hasValue(1);
  }

  @Test
  void doesNothingLateOnceAllIsForgotten() {
    CountDownLatch letGo = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> answer = held(letGo);
    server.reset();
    letGo.countDown();

    assertThatThrownBy(answer::get).hasRootCauseInstanceOf(IOException.class);
    assertThat(acted).hasValue(0);
    assertThat(server.log().total()).isZero();
  }

  private CompletableFuture<HttpResponse<String>> held(CountDownLatch until) {
    server.faults().next(Fault.held(until));
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            to("/a").POST(BodyPublishers.ofString("hi")).build(), BodyHandlers.ofString());
    while (server.log().total() == 0) {
      Thread.onSpinWait();
    }
    return answer;
  }

  @Test
  void rollsSeededDice() throws Exception {
    server.faults().weather(7);
    List<Integer> first = statuses();
    server.faults().clear();
    server.faults().weather(7);

    assertThat(statuses()).isEqualTo(first).contains(503, 0);
  }

  private List<Integer> statuses() {
    return IntStream.range(0, 100).map(i -> status()).boxed().toList();
  }

  private int status() {
    try {
      return post("/a").statusCode();
    } catch (IOException cut) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void standsAThousandRequestsInFlight() throws Exception {
    server.close();
    CountDownLatch all = new CountDownLatch(1000);
    server =
        new MiniServer(
            "many",
            request -> {
              all.countDown();
              try {
                all.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Reply.empty(204);
            },
            new Blind());

    List<CompletableFuture<HttpResponse<Void>>> calls =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    client.sendAsync(
                        to("/" + i).timeout(Duration.ofSeconds(25)).GET().build(),
                        BodyHandlers.discarding()))
            .toList();

    assertThat(calls).allSatisfy(call -> assertThat(call.get().statusCode()).isEqualTo(204));
    assertThat(server.mostInFlight()).isEqualTo(1000);
  }

  private static final class Blind implements Observer {
    @Override
    public void came(Request request) {}

    @Override
    public void answered(Request request, Reply reply, String mishap) {}
  }
}
