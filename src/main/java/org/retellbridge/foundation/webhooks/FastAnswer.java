package org.retellbridge.foundation.webhooks;

import static java.lang.System.Logger.Level.DEBUG;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.problems.UnexpectedFault;

/** Writes an answer of {@link FastPath}. */
final class FastAnswer {
  private static final System.Logger LOGGER = System.getLogger(FastAnswer.class.getName());

  /** A stage ends by its own budget; a server's limit would end it with an error page. */
  private static final long NO_LIMIT = 0;

  private final HttpServletResponse response;

  private FastAnswer(HttpServletResponse response) {
    this.response = response;
  }

  /** To be called in the request's own thread, which does not wait. */
  static void send(
      HttpServletRequest request, HttpServletResponse response, CompletionStage<Response> answer) {
    FastAnswer here = new FastAnswer(response);
    CompletableFuture<Response> future = future(answer);
    if (future.isDone()) {
      future.whenComplete(here::write);
      return;
    }
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(NO_LIMIT);
    future.whenComplete(
        (answered, thrown) -> {
          try {
            here.write(answered, thrown);
          } finally {
            context.complete();
          }
        });
  }

  /** A stage of somebody else's need not become a future itself. */
  private static CompletableFuture<Response> future(CompletionStage<Response> answer) {
    CompletableFuture<Response> future = new CompletableFuture<>();
    answer.whenComplete(
        (answered, thrown) -> {
          if (thrown == null) {
            future.complete(answered);
          } else {
            future.completeExceptionally(thrown);
          }
        });
    return future;
  }

  private void write(Response answer, Throwable thrown) {
    try {
      write(thrown == null ? answer : UnexpectedFault.response(thrown));
    } catch (IOException e) {
      LOGGER.log(DEBUG, "An answer could not be sent: {0}", e.getClass().getName());
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Without it the answer would be an empty 200. */
  private void fail(Throwable fault) {
    try {
      Response told = UnexpectedFault.response(fault);
      response.resetBuffer();
      write(told);
    } catch (IOException | RuntimeException | Error e) {
      LOGGER.log(DEBUG, "A fault could not be told: {0}", e.getClass().getName());
    }
  }

  private void write(Response answer) throws IOException {
    byte[] body = bytes(answer.getEntity());
    String type = body == null ? null : answer.getMediaType().toString();
    response.setStatus(answer.getStatus());
    answer
        .getStringHeaders()
        .forEach(
            (name, values) -> {
              if (!HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)) {
                values.forEach(value -> response.addHeader(name, value));
              }
            });
    if (body == null) {
      return;
    }
    response.setContentType(type);
    response.setContentLength(body.length);
    OutputStream out = response.getOutputStream();
    out.write(body);
    // Now: what the server does at the end of an asynchronous request comes before it would send.
    out.close();
  }

  private static byte[] bytes(Object entity) {
    if (entity == null) {
      return null;
    }
    if (entity instanceof byte[] bytes) {
      return bytes;
    }
    if (entity instanceof String text) {
      return text.getBytes(UTF_8);
    }
    throw new IllegalStateException(
        "an answer on the fast path is a text or bytes, not " + entity.getClass().getName());
  }
}
