package org.retellbridge.partner.retell.events;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** The user's own receiver of Retell's events. */
@Consumes(MediaType.APPLICATION_JSON)
public interface ForwardRestApi {

  @POST
  CompletionStage<String> post(@HeaderParam("X-Retell-Signature") String signature, byte[] body);
}
