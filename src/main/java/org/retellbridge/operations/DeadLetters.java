package org.retellbridge.operations;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.DeadLetter;
import org.retellbridge.foundation.ledger.Outbox;
import org.retellbridge.foundation.ledger.OutboxFigures;
import org.retellbridge.foundation.ledger.Undelivered;
import org.retellbridge.foundation.problems.Problem;

/** What could not be delivered, for operators with a script and for those at the console. */
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

  /** The oldest 200 and the outbox's figures as JSON; fails while the ledger is down. */
  public CompletionStage<String> list() {
    return outbox.undelivered(MOST).thenApply(DeadLetters::listed);
  }

  /**
   * Sends one again, or all; fails while the ledger is down.
   *
   * @param messageId of the one; null for all
   * @return how many are sent again
   */
  public CompletionStage<Integer> replay(String messageId) {
    return messageId == null
        ? outbox.replayAll()
        : outbox.replay(messageId).thenApply(there -> there ? 1 : 0);
  }

  /**
   * Throws one away; fails while the ledger is down.
   *
   * @param messageId of the one
   * @return whether there was one
   */
  public CompletionStage<Boolean> discard(String messageId) {
    return outbox
        .discard(messageId)
        .thenApply(
            there -> {
              if (there) {
                LOGGER.log(INFO, "An operator threw dead letter {0} away", messageId);
              }
              return there;
            });
  }

  /** The answer to {@link #discard}. */
  public static Response discarded(boolean there) {
    return there
        ? Response.noContent().build()
        : Problem.of(404, "There is no such dead letter").response();
  }

  /** The answer to a replay. */
  public static String replayed(int count) {
    return JsonText.object().add("replayed", count).build().toString();
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
