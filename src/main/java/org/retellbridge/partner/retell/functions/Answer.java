package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Locale;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.EffectId;
import org.retellbridge.foundation.ledger.Mark;

/**
 * What a function tells the agent.
 *
 * @param status the HTTP status; 200 also for an expected failure, because the model sees the body
 *     of nothing else. Where no model reads it, such a failure leaves with 500
 * @param outcome how it went
 * @param body JSON; cut to Retell's limit before it is sent
 * @param cause for the log alone, when the body does not tell it; empty text otherwise
 */
public record Answer(int status, Outcome outcome, JsonValue body, String cause) {

  public Answer(int status, Outcome outcome, JsonValue body) {
    this(status, outcome, body, "");
  }

  /**
   * The same, and the log says why.
   *
   * @param cause in a few words, for operators; nothing personal
   */
  public Answer because(String cause) {
    return new Answer(status, outcome, body, cause);
  }

  /** How a function went, for once-only, logs and metrics. */
  public enum Outcome {
    /** It happened. */
    DONE,
    /** It did not happen, and asking again may help. */
    FAILED,
    /** It may have happened: it must not be tried again. */
    UNKNOWN,
    /** It was asked for before, and the first answer is given again. */
    REPEATED;

    /** As a metric tag and in a log line. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** It happened. */
  public static Answer done(JsonValue body) {
    return new Answer(200, Outcome.DONE, body);
  }

  /**
   * It did not happen.
   *
   * @param speakable a sentence for the agent to say or act on
   */
  public static Answer failed(String speakable) {
    return new Answer(200, Outcome.FAILED, failure(speakable));
  }

  /**
   * It may have happened.
   *
   * @param speakable a sentence for the agent to say or act on
   */
  public static Answer unknown(String speakable) {
    return new Answer(200, Outcome.UNKNOWN, failure(speakable));
  }

  /**
   * The same for those who go by the status: 500, as the original, for what may not have worked.
   */
  Answer byStatus() {
    boolean failure = outcome == Outcome.FAILED || outcome == Outcome.UNKNOWN;
    return failure && status == 200 ? new Answer(500, outcome, body, cause) : this;
  }

  /** What makes handing in the effect's parcel happen once, and answers its repeats with this. */
  public Mark asMark(EffectId effect) {
    return new Mark(effect, KeptAnswer.of(this));
  }

  /**
   * What an earlier run of the same invocation answered, body and status.
   *
   * @param kept as the ledger has it, from {@link #asMark} or from a function that is run once
   */
  public static Answer repeated(String kept) {
    return KeptAnswer.read(kept);
  }

  /** What was handed over is taken, and will not be lost. */
  public static Answer accepted() {
    return Told.ACCEPTED;
  }

  /** Nobody is known whose data could be read or written: the original's answer, with its 404. */
  public static Answer callerNotFound() {
    return Told.CALLER_NOT_FOUND;
  }

  /** The request lacks the caller it is about: the original's answer, with its 400. */
  public static Answer callerMissing() {
    return Told.CALLER_MISSING;
  }

  /**
   * Whoever set the tool up has to mend the request: 400.
   *
   * @param sentence what is wrong with it
   */
  public static Answer malformed(String sentence) {
    return malformed(failure(sentence));
  }

  /** The same in words of one's own. */
  public static Answer malformed(JsonObject body) {
    return new Answer(400, Outcome.FAILED, body);
  }

  /** Made once: they are among the most frequent answers. */
  private static final class Told {
    static final Answer ACCEPTED =
        done(JsonText.object().add("message", "accepted").add("success", true).build());
    static final Answer CALLER_NOT_FOUND = nobody(404);
    static final Answer CALLER_MISSING = nobody(400);

    private static Answer nobody(int status) {
      JsonObject body = JsonText.object().add("status", "Not found").build();
      return new Answer(status, Outcome.FAILED, body);
    }
  }

  private static JsonObject failure(String speakable) {
    return JsonText.object().add("status", "failed").add("message", speakable).build();
  }
}
