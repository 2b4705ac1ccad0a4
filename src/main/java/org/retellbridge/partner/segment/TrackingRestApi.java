package org.retellbridge.partner.segment;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** Segment's HTTP Tracking API; the write key stands in the body. */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface TrackingRestApi {

  @POST
  @Path("/identify")
  CompletionStage<String> identify(String body);

  @POST
  @Path("/track")
  CompletionStage<String> track(String body);
}
