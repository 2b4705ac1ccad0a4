package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.operations.DeadLetters;

/** What could not be delivered, on the page. */
@Path("/console/dead_letters")
@ApplicationScoped
@ConsoleSide
public class DeadLettersResource {
  private DeadLetters letters;

  public DeadLettersResource() {}

  @Inject
  DeadLettersResource(DeadLetters letters) {
    this.letters = letters;
  }

  /** The oldest 200. */
  @GET
  public CompletionStage<Response> list() {
    return letters.list();
  }

  /**
   * Throws one away.
   *
   * @param messageId of the one
   */
  @DELETE
  public CompletionStage<Response> discard(@QueryParam("message_id") String messageId) {
    return letters.discard(Optional.ofNullable(messageId));
  }

  /**
   * Sends one again, or all.
   *
   * @param messageId of the one; absent for all
   */
  @POST
  @Path("/replay")
  public CompletionStage<Response> replay(@QueryParam("message_id") String messageId) {
    return letters.replay(Optional.ofNullable(messageId));
  }
}
