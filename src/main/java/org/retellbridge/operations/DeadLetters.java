package org.retellbridge.operations;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.DeadLetter;
import org.retellbridge.foundation.ledger.Outbox;
import org.retellbridge.foundation.ledger.OutboxFigures;
import org.retellbridge.foundation.ledger.Undelivered;
import org.retellbridge.foundation.problems.Problem;

/**
 * What could not be delivered, for operators with a script and for those at the console: both get
 * the same answers, 503 while the ledger is down.
 */
@ApplicationScoped
public class DeadLetters {
  private static final System.Logger LOGGER = System.getLogger(DeadLetters.class.getName());
  private static final int MOST = 200;

  private Outbox outbox;

  DeadLetters() {}

  @Inject
  DeadLetters(Outbox outbox) {
    this.outbox = outbox;
  }

  /** The oldest 200 and the outbox's figures. */
  public CompletionStage<Response> list() {
    return outbox
        .undelivered(MOST)
        .thenApply(undelivered -> json(listed(undelivered)))
        .exceptionally(DeadLetters::down);
  }

  /**
   * Sends one again, or all.
   *
   * @param messageId of the one; empty for all
   * @return how many are sent again; 404 for one that is not there
   */
  public CompletionStage<Response> replay(Optional<String> messageId) {
    return messageId
        .map(outbox::replay)
        .map(one -> one.thenApply(there -> there ? replayed(1) : unknown()))
        .orElseGet(() -> outbox.replayAll().thenApply(DeadLetters::replayed))
        .exceptionally(DeadLetters::down);
  }

  /**
   * Throws one away.
   *
   * @param messageId of the one
   * @return 400 where it says of none, and 404 for one that is not there
   */
  public CompletionStage<Response> discard(Optional<String> messageId) {
    if (messageId.isEmpty()) {
      return CompletableFuture.completedStage(
          Problem.of(400, "message_id says which dead letter is thrown away").response());
    }
    String id = messageId.get();
    return outbox
        .discard(id)
        .thenApply(there -> there ? discarded(id) : unknown())
        .exceptionally(DeadLetters::down);
  }

  private static Response replayed(int count) {
    LOGGER.log(INFO, "An operator sent {0} dead letters again", count);
    return json(JsonText.object().add("replayed", count).build().toString());
  }

  private static Response discarded(String messageId) {
    LOGGER.log(INFO, "An operator threw dead letter {0} away", messageId);
    return Response.noContent().build();
  }

  private static Response unknown() {
    return Problem.of(404, "There is no such dead letter").response();
  }

  private static Response down(Throwable thrown) {
    return WithoutLedger.answer(thrown, "The ledger is down");
  }

  private static Response json(String body) {
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }

  private static JsonObjectBuilder json(DeadLetter letter) {
    return JsonText.object()
        .add("message_id", letter.messageId())
        .add("kind", letter.kind())
        .add("call", letter.call().orElse(""))
        .add("accepted", letter.accepted().toString())
        .add("attempts", letter.attempts())
        .add("reason", letter.reason());
  }

  private static String listed(Undelivered undelivered) {
    JsonArrayBuilder list = JsonText.array();
    List<DeadLetter> letters = undelivered.letters();
    letters.forEach(letter -> list.add(json(letter)));
    OutboxFigures figures = undelivered.figures();
    return JsonText.object()
        .add("to_be_delivered", figures.depth())
        .add("oldest_seconds", figures.oldest().toSeconds())
        .add("dead", figures.dead())
        .add("dead_letters", list)
        .build()
        .toString();
  }
}
