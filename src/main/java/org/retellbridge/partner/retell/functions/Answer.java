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

  /** There is no caller to act for; the original's answer, kept with its status. */
  public static Answer notFound(int status) {
    return new Answer(status, Outcome.FAILED, JsonText.object().add("status", "Not found").build());
  }

  private static JsonObject failure(String speakable) {
    return JsonText.object().add("status", "failed").add("message", speakable).build();
  }
}
