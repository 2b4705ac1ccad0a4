package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.problems.Problem;

/** What could not be delivered, and how an operator sends it again. */
@Path("/outbox/dead_letters")
@ApplicationScoped
@OperatorsOnly
public class OutboxResource {
  private DeadLetters letters;

  public OutboxResource() {}

  @Inject
  OutboxResource(DeadLetters letters) {
    this.letters = letters;
  }

  /** The oldest 200. */
  @GET
  public CompletionStage<Response> list() {
    return letters.list().thenApply(OutboxResource::json).exceptionally(OutboxResource::down);
  }

  /**
   * Sends one again, or all.
   *
   * @param messageId of the one; absent for all
   */
  @POST
  @Path("/replay")
  public CompletionStage<Response> replay(@QueryParam("message_id") String messageId) {
    return letters
        .replay(messageId)
        .thenApply(
            count ->
                messageId != null && count == 0
                    ? Problem.of(404, "There is no such dead letter").response()
                    : json(DeadLetters.replayed(count)))
        .exceptionally(OutboxResource::down);
  }

  /**
   * Throws one away.
   *
   * @param messageId of the one
   */
  @DELETE
  public CompletionStage<Response> discard(@QueryParam("message_id") String messageId) {
    if (messageId == null) {
      return CompletableFuture.completedStage(
          Problem.of(400, "message_id says which dead letter is thrown away").response());
    }
    return letters
        .discard(messageId)
        .thenApply(DeadLetters::discarded)
        .exceptionally(OutboxResource::down);
  }

  private static Response json(String body) {
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }

  private static Response down(Throwable thrown) {
    return WithoutLedger.answer(thrown, "The ledger is down");
  }
}
