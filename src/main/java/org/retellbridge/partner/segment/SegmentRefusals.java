package org.retellbridge.partner.segment;

import jakarta.json.JsonObject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.retellbridge.foundation.http.Reply;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.RetryAfter;
import org.retellbridge.foundation.resilience.VendorFailure;

/**
 * Turns error statuses, and redirects that nobody follows, into failures that keep Segment's code
 * and {@code Request-Id} (its support asks for it) and nothing else of the answer.
 */
public class SegmentRefusals implements ResponseExceptionMapper<VendorFailure> {
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status >= 300;
  }

  @Override
  public VendorFailure toThrowable(Response response) {
    return failure(
        response.getStatus(),
        Optional.ofNullable(response.getHeaderString("Retry-After")),
        Optional.ofNullable(response.getHeaderString("Request-Id")),
        body(response));
  }

  /** The same of an answer that came on the hot path's transport. */
  static VendorFailure of(Reply reply) {
    return failure(
        reply.status(), reply.header("Retry-After"), reply.header("Request-Id"), reply.body());
  }

  private static VendorFailure failure(
      int status, Optional<String> retryAfter, Optional<String> requestId, String body) {
    return VendorFailure.answered(
        SegmentLine.VENDOR,
        status,
        RetryAfter.parse(retryAfter.orElse(null)),
        code(body).orElse("no code")
            + requestId
                .filter(id -> HARMLESS.matcher(id).matches())
                .map(id -> ", request " + id)
                .orElse(""));
  }

  private static Optional<String> code(String body) {
    return JsonText.parseObject(body)
        .map(object -> object.get("error"))
        .filter(JsonObject.class::isInstance)
        .flatMap(error -> JsonText.text(error.asJsonObject(), "code"))
        .filter(code -> HARMLESS.matcher(code).matches());
  }

  private static String body(Response response) {
    try {
      return response.hasEntity() ? response.readEntity(String.class) : "";
    } catch (ProcessingException | IllegalStateException cut) {
      return "";
    }
  }
}
