package org.retellbridge.partner.twilio.rest;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.retellbridge.partner.twilio.rest.TwilioRest.VENDOR;

import com.twilio.Twilio;
import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.RetryAfter;
import org.retellbridge.foundation.resilience.VendorFailure;

/**
 * Carries the SDK's requests: each once, whatever comes of it. The SDK's own transport sends a POST
 * up to six times, which is six SMS, and ignores the time limits it is given.
 */
final class TwilioTransport extends com.twilio.http.HttpClient {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int TOO_MANY_REQUESTS_CODE = 20429;

  private final HttpClient http;
  private final Map<String, URI> bases;
  private final Duration deadline;

  /**
   * @param http must not follow redirects: credentials and numbers would go elsewhere
   * @param bases where to go instead of Twilio, by the first label of its host ({@code api}, {@code
   *     taskrouter}), so that it also holds with a region; empty for Twilio itself
   * @param deadline for a whole exchange. {@code HttpRequest.timeout} ends when the headers are
   *     there, so a body that stalls would be waited for without end
   */
  TwilioTransport(HttpClient http, Map<String, URI> bases, Duration deadline) {
    this.http = http;
    this.bases = Map.copyOf(bases);
    this.deadline = deadline;
  }

  @Override
  public Response reliableRequest(Request request) {
    return makeRequest(request);
  }

  /** The inherited method would send again. */
  @Override
  public Response reliableRequest(Request request, int[] retryCodes, int retries, long delay) {
    return makeRequest(request);
  }

  @Override
  public Response makeRequest(Request request) {
    HttpResponse<String> answer = exchange(http(request));
    int status = answer.statusCode();
    // For the SDK a 3xx would count as success and become a resource full of nulls.
    Optional<JsonObject> body = JsonText.parseObject(answer.body());
    if (status >= 300) {
      throw trouble(answer, body);
    }
    if (body.isEmpty()) {
      throw VendorFailure.of(VENDOR, VendorFailure.Kind.GARBLED);
    }
    return new Response(answer.body(), status, headers(answer));
  }

  private HttpRequest http(Request request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(target(request))
            .header("Accept", "application/json")
            .header("User-Agent", "twilio-retell-bridge twilio-java/" + Twilio.VERSION);
    if (request.requiresAuthentication()) {
      http.header("Authorization", request.getAuthString());
    }
    request
        .getHeaderParams()
        .forEach((name, values) -> values.forEach(value -> http.header(name, value)));
    if (request.getMethod() == HttpMethod.GET) {
      return http.GET().build();
    }
    if (!EnumConstants.ContentType.FORM_URLENCODED.equals(request.getContentType())) {
      throw new IllegalArgumentException("only forms are sent to Twilio");
    }
    return http.header("Content-Type", "application/x-www-form-urlencoded")
        .method(request.getMethod().toString(), BodyPublishers.ofString(request.encodeFormBody()))
        .build();
  }

  private URI target(Request request) {
    URL url = request.constructURL();
    if (bases.isEmpty()) {
      return URI.create("https://" + url.getAuthority() + url.getFile());
    }
    URI base = bases.get(url.getHost().split("\\.", 2)[0]);
    if (base == null) {
      throw new IllegalArgumentException("no address is set for " + url.getHost());
    }
    return URI.create(base + url.getFile());
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, info -> new CappedText(BodyHandlers.ofString().apply(info)));
    try {
      return answer.get(deadline.toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw VendorFailure.of(VENDOR, VendorFailure.Kind.TIMED_OUT);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw VendorFailure.of(VENDOR, VendorFailure.Kind.CUT);
    } catch (ExecutionException e) {
      if (VendorFailure.unwrapped(e) instanceof VendorFailure failure) {
        throw failure;
      }
      throw new NotAnswered(e.getCause());
    }
  }

  private static RuntimeException trouble(HttpResponse<String> answer, Optional<JsonObject> body) {
    int status = answer.statusCode();
    int code = body.map(TwilioTransport::code).orElse(0);
    Optional<Duration> retryAfter =
        RetryAfter.parse(answer.headers().firstValue("Retry-After").orElse(null));
    if (code == TOO_MANY_REQUESTS_CODE) {
      return VendorFailure.answered(VENDOR, TOO_MANY_REQUESTS, retryAfter);
    }
    if (status == TOO_MANY_REQUESTS || status >= 500) {
      return VendorFailure.answered(VENDOR, status, retryAfter);
    }
    return new TwilioRefusal(
        status, code, answer.headers().firstValue("Twilio-Request-Id").orElse("-"));
  }

  private static int code(JsonObject body) {
    return body.get("code") instanceof JsonNumber number ? number.intValue() : 0;
  }

  /** Never null: with debug logging on, the SDK goes through them unchecked. */
  private static Header[] headers(HttpResponse<?> answer) {
    return answer.headers().map().entrySet().stream()
        .flatMap(
            header ->
                header.getValue().stream().map(value -> new BasicHeader(header.getKey(), value)))
        .toArray(Header[]::new);
  }

  /**
   * Carries what went wrong on the way to {@code Guard}, which tells what kind of trouble it is.
   */
  private static final class NotAnswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAnswered(Throwable cause) {
      super(null, cause, false, false);
    }
  }
}
