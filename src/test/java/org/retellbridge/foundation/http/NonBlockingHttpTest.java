package org.retellbridge.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retellbridge.foundation.outbound.ScriptedServer.after;
import static org.retellbridge.foundation.outbound.ScriptedServer.text;
import static org.retellbridge.foundation.outbound.ScriptedServer.textThenSilence;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.Logged;
import org.retellbridge.foundation.outbound.ScriptedServer;

class NonBlockingHttpTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** A cold or busy machine has connected and sent by then. */
  private static final Duration SHORT = Duration.ofMillis(1_500);

  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Mark: one\r\n\r\nhello";

  private static final String LAST = OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final NonBlockingHttp http = new NonBlockingHttp(threads, threads);

  @BeforeEach
  void open() {
    http.open();
  }

  @AfterEach
  void close() {
    http.close();
    threads.shutdownNow();
  }

  @Test
  void sendsTheQuestionAsItIsAndReadsTheAnswer() throws Exception {
    try (ScriptedServer server = new ScriptedServer(text(OK))) {
      URI uri = URI.create(server.uri() + "/a/phone:%2B61400000001/b?limit=2");
      Reply reply =
          answer(
              http.ask(Question.post(uri, Map.of("Authorization", "Bearer k"), "{\"ü\":1}"), LONG));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("hello");
      assertThat(reply.header("x-mark")).contains("one");
      assertThat(server.requests)
          .singleElement()
          .asString()
          .startsWith("POST /a/phone:%2B61400000001/b?limit=2 HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nAuthorization: Bearer k\r\n")
          .containsIgnoringCase("\r\nContent-Type: application/json")
          .containsIgnoringCase("\r\nContent-Length: 8\r\n")
          .containsIgnoringCase("\r\nHost: 127.0.0.1:" + server.uri().getPort() + "\r\n")
          .as("a body that waits to be asked for")
          .doesNotContainIgnoringCase("\r\nExpect:");
    }
  }

  /** HttpCore's word for it is no {@link IOException}, and would look like a fault of ours. */
  @Test
  void takesWhatIsNoHttpForTroubleWithTheConnection() throws Exception {
    try (ScriptedServer server = new ScriptedServer(text("no such protocol\r\n\r\n"))) {
      assertThat(failure(http.ask(get(server.uri()), LONG))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void asksAtTheNextAddressAfterOneWhereNobodyIs() throws Exception {
    InetAddress[] addresses = {
      InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")
    };
    NonBlockingHttp many =
        new NonBlockingHttp(threads, new Names(Runnable::run, host -> addresses));
    many.open();
    try (ScriptedServer server = new ScriptedServer(text(OK))) {
      Question question =
          Question.get(URI.create("http://vendor.test:" + server.uri().getPort() + "/x"), Map.of());
      assertThat(failure(many.ask(question, LONG))).isInstanceOf(ConnectException.class);
      assertThat(answer(many.ask(question, LONG)).body()).isEqualTo("hello");
    } finally {
      many.close();
    }
  }

  @Test
  void staysAtAnAddressThatOnlyTookLongerThanTheLimit() throws Exception {
    InetAddress slow = InetAddress.getLoopbackAddress();
    InetAddress other = InetAddress.getByName("127.0.0.2");
    Names names = new Names(Runnable::run, host -> new InetAddress[] {slow, other});
    NonBlockingHttp many = new NonBlockingHttp(threads, names);
    many.open();
    try (ServerSocket neverSpeaksTls = new ServerSocket(0, 50, slow)) {
      URI uri = URI.create("https://vendor.test:" + neverSpeaksTls.getLocalPort());
      assertThat(failure(many.ask(get(uri), Duration.ofMillis(300))))
          .isInstanceOf(ConnectException.class)
          .hasCauseInstanceOf(HttpTimeoutException.class);
      assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(slow);
    } finally {
      many.close();
    }
  }

  @Test
  void asksAtTheNextAddressWhenItTurnsOutAfterTheLimitThatNobodyIsThere() throws Exception {
    InetAddress full = InetAddress.getByName("127.0.0.2");
    NonBlockingHttp many =
        new NonBlockingHttp(
            threads,
            new Names(
                Runnable::run, host -> new InetAddress[] {full, InetAddress.getLoopbackAddress()}));
    many.open();
    try (ScriptedServer server = new ScriptedServer(text(OK));
        ServerSocket listener = new ServerSocket(server.uri().getPort(), 1, full)) {
      List<Socket> queue = fill(listener);
      URI uri = URI.create("http://vendor.test:" + server.uri().getPort());
      long end = System.nanoTime() + LONG.toNanos();
      CompletionStage<Reply> asked;
      do {
        asked = many.ask(get(uri), Duration.ofMillis(500));
      } while (failed(asked) && System.nanoTime() < end);
      assertThat(answer(asked).body()).isEqualTo("hello");
      for (Socket socket : queue) {
        socket.close();
      }
    } finally {
      many.close();
    }
  }

  @Test
  void takesAnyStatusAndFollowsNoRedirect() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            text("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"))) {
      assertThat(answer(http.ask(get(server), LONG)).status()).isEqualTo(302);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void readsAnAnswerInPieces() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            text(
                "HTTP/1.1 200 OK\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "3\r\n"
                    + "hel\r\n"
                    + "2\r\n"
                    + "lo\r\n"
                    + "0\r\n\r\n"))) {
      assertThat(answer(http.ask(get(server), LONG)).body()).isEqualTo("hello");
    }
  }

  @Test
  void asksManyOnTwoThreads() throws Exception {
    // It says so: a connection that ends unannounced may be taken for the next question before.
    String last = OK.replace("\r\nX-Mark: one", "\r\nConnection: close");
    try (ScriptedServer server = new ScriptedServer(text(last))) {
      List<CompletionStage<Reply>> asked = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        asked.add(http.ask(get(server), LONG));
      }
      for (CompletionStage<Reply> one : asked) {
        assertThat(answer(one).body()).isEqualTo("hello");
      }
      long reactors =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("requester-dispatch"))
              .filter(Thread::isAlive)
              .count();
      assertThat(reactors).isBetween(1L, 2L);
    }
  }

  @Test
  void tellsThatNothingWasSentWhenNobodyListens() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(failure(http.ask(get(URI.create("http://127.0.0.1:" + port)), LONG)))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void tellsThatAHostIsUnknown() {
    assertThat(failure(http.ask(get(URI.create("http://nobody.invalid")), LONG)))
        .isInstanceOf(UnknownHostException.class);
  }

  /** A name server may be silent for longer than anybody waits for the answer. */
  @Test
  void sendsNothingOnceTheLimitPassedWhileTheNameWasLookedUp() throws Exception {
    NonBlockingHttp slow =
        new NonBlockingHttp(threads, look -> threads.schedule(look, 300, TimeUnit.MILLISECONDS));
    slow.open();
    try (ScriptedServer server = new ScriptedServer(text(OK))) {
      assertThat(failure(slow.ask(get(server), Duration.ofMillis(200))))
          .isInstanceOf(ConnectException.class);
      assertThat(server.requests).isEmpty();
    } finally {
      slow.close();
    }
  }

  @Test
  void tellsThatNothingWasSentWhenTheServerSpeaksNoTls() throws Exception {
    try (ScriptedServer server = new ScriptedServer(text(OK))) {
      URI uri = URI.create("https://127.0.0.1:" + server.uri().getPort());
      assertThat(failure(http.ask(get(uri), Duration.ofSeconds(5))))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void outlivesAnErrorInTheThreadsThatAskAndHear() throws Exception {
    try (ScriptedServer server = new ScriptedServer(text(LAST))) {
      Map<String, String> full =
          new HashMap<>() {
            @Override
            public void forEach(BiConsumer<? super String, ? super String> each) {
              throw new OutOfMemoryError("Java heap space");
            }
          };
      for (int i = 0; i < 4; i++) {
        assertThatThrownBy(() -> answer(http.ask(Question.get(server.uri(), full), LONG)))
            .hasCauseInstanceOf(ConnectException.class);
      }
      try (Logged log = Logged.by(Reactor.class)) {
        for (int i = 0; i < 10; i++) {
          assertThat(answer(http.ask(Question.get(server.uri(), Map.of()), LONG)).status())
              .isEqualTo(200);
        }
        assertThat(log.lines()).as("no thread ended").isEmpty();
      }
    }
  }

  /** The limit for connecting is of two seconds, and HttpCore looks for late ones once a second. */
  @Test
  void waitsForAServerThatThinksLongerThanAConnectionMayTake() throws Exception {
    try (ScriptedServer server = new ScriptedServer(after(Duration.ofSeconds(4), OK))) {
      assertThat(answer(http.ask(Question.get(server.uri(), Map.of()), LONG)).body())
          .isEqualTo("hello");
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void endsASilentServerAndHangsUp() throws Exception {
    try (ScriptedServer server = new ScriptedServer(textThenSilence(""))) {
      assertThat(failure(http.ask(get(server), SHORT))).isInstanceOf(HttpTimeoutException.class);
      assertThat(server.clientHungUp()).isTrue();
    }
  }

  @Test
  void endsAnAnswerThatStopsHalfWay() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(textThenSilence("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"))) {
      assertThat(failure(http.ask(get(server), SHORT))).isInstanceOf(HttpTimeoutException.class);
      assertThat(server.clientHungUp()).isTrue();
    }
  }

  @Test
  void failsWhenTheConnectionIsCut() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(text("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"))) {
      assertThat(failure(http.ask(get(server), LONG)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(ConnectException.class);
    }
  }

  @Test
  void failsOnWhatIsNoHttp() throws Exception {
    try (ScriptedServer server = new ScriptedServer(text("220 smtp.example.test\r\n\r\n"))) {
      assertThat(failure(http.ask(get(server), LONG))).isNotInstanceOf(ConnectException.class);
    }
  }

  @Test
  void takesNoEndlessAnswer() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (out, self) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
              byte[] block = new byte[64 * 1024];
              for (int i = 0; i < 1_000; i++) {
                out.write(block);
              }
            })) {
      assertThat(failure(http.ask(get(server), LONG))).hasMessageContaining("larger than");
    }
  }

  @Test
  void hidesNumbersFromLogs() {
    Question question =
        Question.get(
            URI.create("http://h.test/phone:%2B61400000001"), Map.of("Authorization", "k"));
    assertThat(question.toString()).isEqualTo("GET to h.test");
    assertThat(new Reply(200, List.of(), "+61400000001").toString()).isEqualTo("HTTP 200");
  }

  private static Question get(ScriptedServer server) {
    return get(server.uri());
  }

  private static Question get(URI uri) {
    return Question.get(uri, Map.of());
  }

  private static Reply answer(CompletionStage<Reply> asked) throws Exception {
    return asked.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Afterwards the kernel lets whoever connects wait. */
  private static List<Socket> fill(ServerSocket listener) throws IOException {
    List<Socket> queue = new ArrayList<>();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.connect(listener.getLocalSocketAddress(), 200);
        queue.add(socket);
      } catch (SocketTimeoutException full) {
        socket.close();
        return queue;
      }
    }
  }

  private static boolean failed(CompletionStage<Reply> asked) throws Exception {
    return asked
        .handle((reply, thrown) -> thrown != null)
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static Throwable failure(CompletionStage<Reply> asked) {
    Throwable[] cause = new Throwable[1];
    assertThatThrownBy(() -> answer(asked))
        .isInstanceOfSatisfying(ExecutionException.class, e -> cause[0] = e.getCause());
    return cause[0];
  }
}
