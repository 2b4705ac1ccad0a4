package org.retellbridge.operations.console;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.retellbridge.operations.DeadLetters;

/** What could not be delivered, on the page. */
@Path("/console/dead_letters")
@ApplicationScoped
@ConsoleSide
public class DeadLettersResource {
  private static final System.Logger LOGGER = System.getLogger(DeadLettersResource.class.getName());

  private DeadLetters letters;

  public DeadLettersResource() {}

  @Inject
  DeadLettersResource(DeadLetters letters) {
    this.letters = letters;
  }

  /** The oldest 200. */
  @GET
  public CompletionStage<Response> list() {
    return Reply.to(letters.list());
  }

  /**
   * Throws one away.
   *
   * @param messageId of the one
   */
  @DELETE
  public CompletionStage<Response> discard(
      @QueryParam("message_id") @DefaultValue("") String messageId) {
    return letters.discard(messageId).thenApply(DeadLetters::discarded).exceptionally(Reply::down);
  }

  /**
   * Sends one again, or all.
   *
   * @param messageId of the one; absent for all
   */
  @POST
  @Path("/replay")
  public CompletionStage<Response> replay(@QueryParam("message_id") String messageId) {
    return Reply.to(
        letters
            .replay(messageId)
            .thenApply(
                count -> {
                  LOGGER.log(INFO, "console: {0} dead letters are sent again", count);
                  return DeadLetters.replayed(count);
                }));
  }
}
