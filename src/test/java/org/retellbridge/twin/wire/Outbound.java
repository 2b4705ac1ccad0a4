package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The vendors' way out to the bridge: one attempt, no redirects, a limit over the whole exchange
 * including the body. Public addresses are mapped to local ones.
 */
public final class Outbound {

  /**
   * A request before it is sent; {@code publicUrl} is mapped, everything else goes out as it is.
   */
  public record Message(
      String method, URI publicUrl, Map<String, String> headers, byte[] body, Duration limit) {}

  private final PublicAddresses addresses;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Daemons.pool("outbound"))
          .build();

  public Outbound(PublicAddresses addresses) {
    this.addresses = addresses;
  }

  public Exchange send(Message message) {
    long start = System.nanoTime();
    URI local = addresses.local(message.publicUrl()).orElse(null);
    if (local == null) {
      return failed(message, start, "the twin publishes no such address", true);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request(message, local), BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> response = answer.get(message.limit().toMillis(), TimeUnit.MILLISECONDS);
      return new Exchange(
          message.method(),
          message.publicUrl().toString(),
          sent(message),
          response.statusCode(),
          response.headers().map(),
          response.body(),
          since(start),
          "",
          false);
    } catch (TimeoutException late) {
      answer.cancel(true);
      return failed(message, start, "no answer in " + message.limit().toMillis() + " ms", false);
    } catch (ExecutionException e) {
      boolean refused = e.getCause() instanceof ConnectException;
      return failed(message, start, e.getCause().toString(), refused);
    } catch (InterruptedException stopping) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return failed(message, start, "interrupted", false);
    }
  }

  private HttpRequest request(Message message, URI local) {
    HttpRequest.Builder request = HttpRequest.newBuilder(local);
    addresses.proxyHeaders(message.publicUrl()).forEach(request::setHeader);
    message.headers().forEach(request::setHeader);
    boolean bodiless =
        message.body().length == 0 && List.of("GET", "DELETE").contains(message.method());
    return request
        .method(
            message.method(),
            bodiless ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(message.body()))
        .build();
  }

  private static Exchange failed(Message message, long start, String why, boolean neverConnected) {
    return new Exchange(
        message.method(),
        message.publicUrl().toString(),
        sent(message),
        0,
        Map.of(),
        new byte[0],
        since(start),
        why,
        neverConnected);
  }

  private static String sent(Message message) {
    String query = message.publicUrl().getRawQuery();
    return message.body().length > 0 || query == null ? new String(message.body(), UTF_8) : query;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
