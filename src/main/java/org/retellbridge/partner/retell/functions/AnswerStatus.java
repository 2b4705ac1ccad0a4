package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Gives an answer its status and media type. */
@Provider
@RetellFunction
@Dependent
public class AnswerStatus implements ContainerResponseFilter {

  /** The same without Jakarta REST's runtime. */
  static Response response(Answer answer) {
    return Response.status(answer.status())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .entity(AnswerWriter.bytes(answer))
        .build();
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Answer answer) {
      response.setStatus(answer.status());
      response.getHeaders().putSingle("Content-Type", MediaType.APPLICATION_JSON_TYPE);
      response.getHeaders().putSingle("Cache-Control", "no-store");
    }
  }
}
