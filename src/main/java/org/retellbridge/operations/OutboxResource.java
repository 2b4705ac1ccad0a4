package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.DeadLetter;
import org.retellbridge.foundation.ledger.Outbox;
import org.retellbridge.foundation.problems.Problem;

/** What could not be delivered, and how an operator sends it again. */
@Path("/outbox/dead_letters")
@ApplicationScoped
@OperatorsOnly
public class OutboxResource {
  private static final int MOST = 200;

  private Outbox outbox;

  public OutboxResource() {}

  @Inject
  OutboxResource(Outbox outbox) {
    this.outbox = outbox;
  }

  /** The oldest 200. */
  @GET
  public CompletionStage<Response> list() {
    return outbox
        .deadLetters(MOST)
        .thenApply(letters -> json(listed(letters)))
        .exceptionally(ledgerDown -> down());
  }

  /**
   * Sends one again, or all.
   *
   * @param messageId of the one; absent for all
   */
  @POST
  @Path("/replay")
  public CompletionStage<Response> replay(@QueryParam("message_id") String messageId) {
    CompletionStage<Integer> count =
        messageId == null
            ? outbox.replayAll()
            : outbox.replay(messageId).thenApply(there -> there ? 1 : 0);
    return count
        .thenApply(
            replayed ->
                messageId != null && replayed == 0
                    ? Problem.of(404, "There is no such dead letter").response()
                    : json(JsonText.object().add("replayed", replayed).build().toString()))
        .exceptionally(ledgerDown -> down());
  }

  private static String listed(List<DeadLetter> letters) {
    JsonArrayBuilder list = JsonText.array();
    letters.forEach(
        letter ->
            list.add(
                JsonText.object()
                    .add("message_id", letter.messageId())
                    .add("kind", letter.kind())
                    .add("accepted", letter.accepted().toString())
                    .add("attempts", letter.attempts())
                    .add("reason", letter.reason())));
    return JsonText.object().add("dead_letters", list).build().toString();
  }

  private static Response json(String body) {
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }

  private static Response down() {
    return Problem.of(503, "The ledger is down").response();
  }
}
