package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FastAnswerTest {
  private final List<String> done = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean gone;

  @Test
  void writesAtOnceWhatIsThere() {
    send(CompletableFuture.completedStage(Response.ok("<Response/>", "text/xml").build()));

    assertThat(done).containsExactly("status 200", "type text/xml", "length 11");
    assertThat(body.toString(UTF_8)).isEqualTo("<Response/>");
  }

  @Test
  void writesLaterWhatComesLater() {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    send(answer);
    assertThat(done).containsExactly("async", "timeout 0");

    answer.complete(
        Response.ok("ä".getBytes(UTF_8), "application/json").header("X-Y", "z").build());

    assertThat(done)
        .containsExactly(
            "async",
            "timeout 0",
            "status 200",
            "X-Y z",
            "type application/json",
            "length 2",
            "complete");
    assertThat(body.toString(UTF_8)).isEqualTo("ä");
  }

  @Test
  void sendsNoBodyWhereThereIsNone() {
    send(CompletableFuture.completedStage(Response.noContent().build()));

    assertThat(done).containsExactly("status 204");
  }

  @Test
  void passesARefusalOn() {
    send(CompletableFuture.failedStage(new CompletionException(new NotFoundException())));

    assertThat(body.toString(UTF_8)).isEqualTo("{\"status\":404,\"title\":\"Not Found\"}");
  }

  /** An empty 200 would be taken for an answer. */
  @ParameterizedTest
  @MethodSource("faults")
  void turnsAFaultInto500(CompletionStage<Response> answer) {
    send(answer);

    assertThat(done).contains("status 500", "type application/problem+json");
    assertThat(body.toString(UTF_8))
        .contains("\"title\":\"Internal Server Error\",\"instance\":\"urn:uuid:");
  }

  static Stream<CompletionStage<Response>> faults() {
    return Stream.of(
        CompletableFuture.failedStage(new IllegalStateException("broken")),
        CompletableFuture.failedStage(new NoClassDefFoundError("broken")),
        CompletableFuture.completedStage(null),
        CompletableFuture.completedStage(Response.ok(List.of("an object"), "text/xml").build()),
        CompletableFuture.completedStage(Response.ok("of no type").build()));
  }

  @Test
  void endsTheRequestOfASenderWhoHasGone() {
    gone = true;
    CompletableFuture<Response> answer = new CompletableFuture<>();
    send(answer);

    answer.complete(Response.ok("late", "text/xml").build());

    assertThat(done).last().isEqualTo("complete");
  }

  private void send(CompletionStage<Response> answer) {
    FastAnswer.send(request(), response(), answer);
  }

  private HttpServletRequest request() {
    AsyncContext context =
        fake(
            AsyncContext.class,
            (proxy, method, arguments) -> {
              done.add(
                  method.getName().equals("setTimeout") ? "timeout " + arguments[0] : "complete");
              return null;
            });
    return fake(
        HttpServletRequest.class,
        (proxy, method, arguments) -> {
          done.add("async");
          return context;
        });
  }

  private HttpServletResponse response() {
    return fake(
        HttpServletResponse.class,
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "setStatus" -> done.add("status " + arguments[0]);
            case "addHeader" -> done.add(arguments[0] + " " + arguments[1]);
            case "setContentType" -> done.add("type " + arguments[0]);
            case "setContentLength" -> done.add("length " + arguments[0]);
            case "resetBuffer" -> done.clear();
            case "getOutputStream" -> {
              return new Sent();
            }
            default -> throw new UnsupportedOperationException(method.getName());
          }
          return null;
        });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private final class Sent extends ServletOutputStream {
    @Override
    public void write(int octet) throws IOException {
      if (gone) {
        throw new IOException("the connection is closed");
      }
      body.write(octet);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("a few bytes are written at once");
    }
  }
}
