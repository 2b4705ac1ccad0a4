package org.retellbridge.partner.retell.events;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.retellbridge.partner.retell.RetellProof;

/** The user's own receiver of Retell's events. */
@Consumes(MediaType.APPLICATION_JSON)
public interface ForwardRestApi {

  @POST
  CompletionStage<String> post(@HeaderParam(RetellProof.HEADER) String signature, byte[] body);
}
