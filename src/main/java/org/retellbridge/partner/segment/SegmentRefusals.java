package org.retellbridge.partner.segment;

import jakarta.json.JsonObject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
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
    return VendorFailure.answered(
        SegmentLine.VENDOR,
        response.getStatus(),
        RetryAfter.parse(response.getHeaderString("Retry-After")),
        code(response).orElse("no code")
            + requestId(response).map(id -> ", request " + id).orElse(""));
  }

  private static Optional<String> requestId(Response response) {
    return Optional.ofNullable(response.getHeaderString("Request-Id"))
        .filter(id -> HARMLESS.matcher(id).matches());
  }

  private static Optional<String> code(Response response) {
    return JsonText.parseObject(body(response))
        .map(body -> body.get("error"))
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
