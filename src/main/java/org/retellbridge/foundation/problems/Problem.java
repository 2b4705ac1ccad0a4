package org.retellbridge.foundation.problems;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.retellbridge.foundation.json.JsonText;

/**
 * A problem as RFC 9457 words it.
 *
 * @param status the HTTP status
 * @param title what went wrong, for the sender; never taken from input
 * @param instance the id under which the log tells more, for faults of the bridge
 */
public record Problem(int status, String title, Optional<UUID> instance) {
  public static final String MEDIA_TYPE = "application/problem+json";
  static final MediaType TYPE = new MediaType("application", "problem+json");

  public static Problem of(int status, String title) {
    return new Problem(status, title, Optional.empty());
  }

  public static Problem fault(UUID instance) {
    return new Problem(500, "Internal Server Error", Optional.of(instance));
  }

  /** The JSON text. A title may be a reason phrase of a company's own function or a library. */
  public String toJson() {
    return "{\"status\":"
        + status
        + ",\"title\":"
        + JsonText.string(title)
        + instance.map(id -> ",\"instance\":\"urn:uuid:" + id + "\"").orElse("")
        + "}";
  }

  public byte[] toBytes() {
    return toJson().getBytes(UTF_8);
  }

  public Response response() {
    return Response.status(status).type(TYPE).entity(toJson()).build();
  }
}
