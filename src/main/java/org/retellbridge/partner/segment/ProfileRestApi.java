package org.retellbridge.partner.segment;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/**
 * Segment's Profile API as far as the bridge reads it. Identifiers are given plain: {@link
 * IdentifierEncoding} writes them as Segment wants them.
 */
@Produces(MediaType.APPLICATION_JSON)
public interface ProfileRestApi {

  /** Traits; {@code include} and {@code next} may be null. */
  @GET
  @Path("/spaces/{space}/collections/users/profiles/{id}/traits")
  CompletionStage<String> traits(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("space") String space,
      @PathParam("id") String id,
      @QueryParam("limit") int limit,
      @QueryParam("include") String include,
      @QueryParam("next") String next);

  /** Tracked events of the last 14 days, the newest first. */
  @GET
  @Path("/spaces/{space}/collections/users/profiles/{id}/events")
  CompletionStage<String> events(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("space") String space,
      @PathParam("id") String id,
      @QueryParam("limit") int limit);
}
