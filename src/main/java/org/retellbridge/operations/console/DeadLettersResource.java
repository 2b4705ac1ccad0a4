package org.retellbridge.operations.console;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.DeadLetter;
import org.retellbridge.foundation.ledger.Outbox;

/** What could not be delivered, on the page. */
@Path("/console/dead_letters")
@ApplicationScoped
@ConsoleSide
public class DeadLettersResource {
  private static final System.Logger LOGGER = System.getLogger(DeadLettersResource.class.getName());
  private static final int MOST = 200;

  private Outbox outbox;

  public DeadLettersResource() {}

  @Inject
  DeadLettersResource(Outbox outbox) {
    this.outbox = outbox;
  }

  /** The oldest 200. */
  @GET
  public CompletionStage<Response> list() {
    return Reply.to(outbox.deadLetters(MOST).thenApply(DeadLettersResource::listed));
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
    return Reply.to(
        count.thenApply(
            replayed -> {
              LOGGER.log(INFO, "console: {0} dead letters are sent again", replayed);
              return JsonText.object().add("replayed", replayed).build().toString();
            }));
  }

  private static String listed(List<DeadLetter> letters) {
    JsonArrayBuilder list = JsonText.array();
    letters.forEach(
        letter ->
            list.add(
                JsonText.object()
                    .add("message_id", letter.messageId())
                    .add("kind", letter.kind())
                    .add("accepted", letter.accepted().toEpochMilli())
                    .add("attempts", letter.attempts())
                    .add("reason", letter.reason())));
    return JsonText.object().add("dead_letters", list).build().toString();
  }
}
