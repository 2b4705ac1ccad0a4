package org.retellbridge.partner.retell;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** Retell's REST API as far as the bridge calls it (docs.retellai.com/api-references). */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface RetellRestApi {

  /** Answers 201 with a call object, of which only {@code call_id} is certain. */
  @POST
  @Path("/v2/register-phone-call")
  CompletionStage<String> registerPhoneCall(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body);
}
