package org.retellbridge.foundation.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.retellbridge.foundation.outbound.ScriptedServer.text;
import static org.retellbridge.foundation.outbound.ScriptedServer.textThenSilence;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller of the bridge's REST clients sees. */
@Timeout(20)
class NonBlockingRestClientsTest {

  interface Partner extends AutoCloseable {
    @POST
    @Path("/calls")
    CompletionStage<String> register(
        @HeaderParam("Authorization") String authorization, String body);

    @GET
    @Path("/calls")
    CompletionStage<Response> list();

    @POST
    @Path("/calls")
    String registerAndWait(String body);
  }

  private static final String OK =
      "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

  private static final long LIMIT = 2_500;

  /** Of what is no test of the limit, and may be the first in its process. */
  private static final long LONG = 30_000;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
  }

  @Test
  void answersWithTheBody() throws Exception {
    ScriptedServer server = server(text(OK));

    assertThat(await(partner(server).register("Bearer x", "{\"a\":1}"))).isEqualTo("hello");

    assertThat(server.requests)
        .singleElement()
        .asString()
        .startsWith("POST /calls HTTP/1.1\r\n")
        .endsWith("\r\n\r\n{\"a\":1}")
        .containsIgnoringCase("content-length: 7")
        .containsIgnoringCase("authorization: Bearer x")
        .containsIgnoringCase("content-type: ")
        .doesNotContainIgnoringCase("upgrade:");
  }

  @Test
  void readsAnAnswerInChunksAndOneThatEndsWithTheConnection() throws Exception {
    assertThat(
            await(
                partner(
                        server(
                            text(
                                "HTTP/1.1 200 OK\r\n"
                                    + "Content-Type: text/plain\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n"
                                    + "3\r\n"
                                    + "hel\r\n"
                                    + "2\r\n"
                                    + "lo\r\n"
                                    + "0\r\n\r\n")))
                    .register("", "x")))
        .isEqualTo("hello");
    assertThat(
            await(
                partner(server(text("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello")))
                    .register("", "x")))
        .isEqualTo("hello");
  }

  @Test
  void readsAnAnswerOfAMegabyte() throws Exception {
    String large = "a".repeat(1024 * 1024);
    assertThat(
            await(
                partner(
                        server(
                            text(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                                    + large.length()
                                    + "\r\n\r\n"
                                    + large)))
                    .register("", "x")))
        .isEqualTo(large);
  }

  @Test
  void answersASynchronousMethod() throws Exception {
    assertThat(partner(server(text(OK))).registerAndWait("x")).isEqualTo("hello");
  }

  @Test
  void failsASynchronousMethodAtTheDeadline() throws Exception {
    Partner partner = partner(server(textThenSilence("")), LIMIT);
    assertThat(catchThrowable(() -> partner.registerAndWait("x")))
        .hasRootCauseInstanceOf(HttpTimeoutException.class);
  }

  /** Those are the threads in which its answer, or its failure, would be told. */
  @Test
  void endsASynchronousMethodWhileAllThreadsWaitForIt() throws Exception {
    Partner partner = partner(server(text(OK)), LIMIT);
    CountDownLatch busy = new CountDownLatch(TransportThreads.POOL_SIZE);
    List<CompletableFuture<Object>> outcomes =
        IntStream.range(0, TransportThreads.POOL_SIZE)
            .mapToObj(
                i ->
                    partner
                        .register("", "x")
                        .thenApply(
                            hello -> {
                              busy.countDown();
                              awaitAll(busy);
                              return partner.registerAndWait("x");
                            })
                        .handle((hello, failure) -> (Object) failure)
                        .toCompletableFuture())
            .toList();

    for (CompletableFuture<Object> outcome : outcomes) {
      outcome.get(15, TimeUnit.SECONDS);
    }
    assertThat(busy.getCount()).isZero();
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A company's own function may follow redirects, or ask a host name verifier. */
  @Test
  void leavesTheClientsOfOthersAlone() throws Exception {
    ScriptedServer elsewhere = server(text(OK));
    ScriptedServer server =
        server(
            text(
                "HTTP/1.1 302 Found\r\nLocation: "
                    + elsewhere.uri()
                    + "/\r\nContent-Length: 0\r\n\r\n"));
    Partner theirs =
        RestClientBuilder.newBuilder()
            .baseUri(server.uri())
            .followRedirects(true)
            .build(Partner.class);
    open.add(theirs);

    assertThat(await(theirs.list()).getStatus()).isEqualTo(201);
    assertThat(elsewhere.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 407, 429, 500, 503})
  void failsWithTheStatus(int status) throws Exception {
    Partner partner =
        partner(server(text("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n")));

    Throwable failure = failure(partner.register("", "x"));

    assertThat(failure).isInstanceOf(WebApplicationException.class);
    assertThat(((WebApplicationException) failure).getResponse().getStatus()).isEqualTo(status);
  }

  @Test
  void doesNotFollowARedirect() throws Exception {
    ScriptedServer elsewhere = server(text(OK));
    Partner partner =
        partner(
            server(
                text(
                    "HTTP/1.1 302 Found\r\nLocation: "
                        + elsewhere.uri()
                        + "/\r\nContent-Length: 0\r\n\r\n")));

    assertThat(await(partner.list()).getStatus()).isEqualTo(302);
    assertThat(elsewhere.requests).isEmpty();
  }

  @Test
  void failsAtOnceWhenTheConnectionIsRefused() throws Exception {
    URI nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    assertThat(failure(partner(nobody).register("", "x")))
        .hasRootCauseInstanceOf(java.nio.channels.ClosedChannelException.class)
        .hasStackTraceContaining(ConnectException.class.getName());
  }

  @Test
  void failsWhenTheConnectionTakesTooLong() throws Exception {
    var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    open.add(full);
    for (int i = 0; i < 4; i++) {
      var waiting = new Socket();
      open.add(waiting);
      try {
        waiting.connect(full.getLocalSocketAddress(), 200);
      } catch (IOException backlogIsFull) {
        break;
      }
    }
    URI busy = URI.create("http://127.0.0.1:" + full.getLocalPort());
    assertThat(failure(partner(busy, 400, 5_000).register("", "x")))
        .hasRootCauseInstanceOf(ConnectException.class)
        .hasStackTraceContaining(HttpConnectTimeoutException.class.getName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly half",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nonly half",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "lorem ipsum dolor\r\nsit amet\r\n\r\n"
      })
  void failsOnACutOrSenselessAnswerAndDoesNotRepeatThePost(String answer) throws Exception {
    ScriptedServer server = server(text(answer));

    assertThat(failure(partner(server).register("", "x")))
        .isNotInstanceOf(WebApplicationException.class);
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly half"
      })
  void failsAtTheDeadlineAndHangsUp(String beginning) throws Exception {
    ScriptedServer server = server(textThenSilence(beginning));
    Partner partner = partner(server, LIMIT);
    Instant start = Instant.now();

    assertThat(failure(partner.register("", "x")))
        .hasRootCauseInstanceOf(HttpTimeoutException.class);

    assertThat(Duration.between(start, Instant.now()))
        .isBetween(Duration.ofMillis(LIMIT), Duration.ofSeconds(10));
    assertThat(server.clientHungUp()).isTrue();
  }

  @Test
  void failsAtTheDeadlineThoughBytesKeepDripping() throws Exception {
    ScriptedServer server =
        server(
            (out, self) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes());
              while (true) {
                out.write('a');
                out.flush();
                Thread.sleep(20);
              }
            });
    assertThat(failure(partner(server, LIMIT).register("", "x")))
        .hasRootCauseInstanceOf(HttpTimeoutException.class);
    assertThat(server.clientHungUp()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void refusesAnAnswerWithoutEnd(String head) throws Exception {
    ScriptedServer server =
        server(
            (out, self) -> {
              out.write(head.getBytes());
              while (true) {
                out.write(new byte[64 * 1024]);
              }
            });
    assertThat(failure(partner(server, 10_000).register("", "x")))
        .hasStackTraceContaining("larger than " + CappedBody.MAX_BYTES);
    assertThat(server.clientHungUp()).isTrue();
  }

  @RepeatedTest(20)
  void failsWhatIsInFlightWhenItIsClosed() throws Exception {
    ScriptedServer server = server(textThenSilence(""));
    Partner partner = partner(server, 10_000);
    var answer = partner.register("", "x");
    while (server.requests.isEmpty()) {
      Thread.onSpinWait();
    }

    partner.close();

    assertThat(failure(answer)).hasRootCauseInstanceOf(CancellationException.class);
    assertThat(server.clientHungUp()).isTrue();
  }

  @Test
  void needsNoThreadForARequestThatWaits() throws Exception {
    var everybodyIsHere = new CountDownLatch(300);
    ScriptedServer server =
        server(
            (out, self) -> {
              everybodyIsHere.countDown();
              everybodyIsHere.await();
              text(OK).play(out, self);
            });
    Partner partner = partner(server, 15_000);

    var answers =
        IntStream.range(0, 300)
            .mapToObj(i -> partner.register("", "x").toCompletableFuture())
            .toList();

    for (var answer : answers) {
      assertThat(answer.get(15, TimeUnit.SECONDS)).isEqualTo("hello");
    }
    assertThat(clientThreads()).as("threads of the transport").isBetween(1L, 20L);
  }

  @Test
  void leavesOtherImplementationsAloneAndLoadsWithoutJersey() throws Exception {
    URL[] withoutJersey = {
      location(NonBlockingRestClients.class),
      location(RestClientBuilder.class),
      location(Response.class),
      location(org.eclipse.microprofile.config.Config.class)
    };
    try (var loader = new URLClassLoader(withoutJersey, ClassLoader.getPlatformClassLoader())) {
      Class<?> builderType = loader.loadClass(RestClientBuilder.class.getName());
      Object builder =
          Proxy.newProxyInstance(
              loader,
              new Class<?>[] {builderType},
              (self, method, arguments) -> {
                throw new AssertionError(
                    "It touched a builder that is not Jersey's: " + method.getName());
              });
      Method equipped =
          loader
              .loadClass(NonBlockingRestClients.class.getName())
              .getDeclaredMethod("equipped", builderType);
      equipped.setAccessible(true);

      assertThat(
              catchThrowable(() -> loader.loadClass("org.glassfish.jersey.client.ClientRequest")))
          .isInstanceOf(ClassNotFoundException.class);
      assertThat(equipped.invoke(null, builder)).isSameAs(builder);
    }
  }

  private static URL location(Class<?> type) throws Exception {
    if (type == NonBlockingRestClients.class) {
      return Paths.get("target/classes").toUri().toURL();
    }
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static long clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            name ->
                name.startsWith("outbound-")
                    || name.startsWith("jersey-")
                    || name.startsWith("pool-"))
        .count();
  }

  private ScriptedServer server(ScriptedServer.Script script) throws IOException {
    var server = new ScriptedServer(script);
    open.add(server);
    return server;
  }

  private Partner partner(ScriptedServer server) {
    return partner(server, LONG);
  }

  private Partner partner(ScriptedServer server, long limitMillis) {
    return partner(server.uri(), limitMillis);
  }

  private Partner partner(URI uri) {
    return partner(uri, 5_000);
  }

  private Partner partner(URI uri, long limitMillis) {
    return partner(uri, 5_000, limitMillis);
  }

  private Partner partner(URI uri, long connectMillis, long limitMillis) {
    Partner partner =
        NonBlockingRestClients.builder()
            .baseUri(uri)
            .connectTimeout(connectMillis, TimeUnit.MILLISECONDS)
            .readTimeout(limitMillis, TimeUnit.MILLISECONDS)
            .build(Partner.class);
    open.add(partner);
    return partner;
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
  }

  private static Throwable failure(CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> await(stage));
    assertThat(failure).isInstanceOf(ExecutionException.class);
    Throwable cause = failure.getCause();
    return cause instanceof java.util.concurrent.CompletionException ? cause.getCause() : cause;
  }
}
