package org.retellbridge.foundation.problems;

import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** The catch-all: the sender learns an instance id, the log under that id the rest. */
@Provider
@Dependent
public class UnexpectedFault implements ExceptionMapper<Throwable> {
  private static final System.Logger LOGGER = System.getLogger(UnexpectedFault.class.getName());

  @Override
  public Response toResponse(Throwable thrown) {
    return response(thrown);
  }

  /** What the sender is told of it; the log learns the rest. */
  public static Response response(Throwable thrown) {
    if (thrown instanceof CompletionException && thrown.getCause() != null) {
      return response(thrown.getCause());
    }
    if (thrown instanceof WebApplicationException refusal
        && refusal.getResponse().getStatus() < 500) {
      return refused(refusal.getResponse());
    }
    UUID instance = UUID.randomUUID();
    FaultLog.tell(LOGGER, instance, thrown);
    return Problem.fault(instance).response();
  }

  private static Response refused(Response response) {
    if (Problem.TYPE.equals(response.getMediaType())) {
      return response; // in words of the bridge's own
    }
    Response.ResponseBuilder answer =
        Response.fromResponse(
            Problem.of(response.getStatus(), response.getStatusInfo().getReasonPhrase())
                .response());
    if (response.getHeaderString("Allow") != null) {
      answer.header("Allow", response.getHeaderString("Allow"));
    }
    return answer.build();
  }
}
