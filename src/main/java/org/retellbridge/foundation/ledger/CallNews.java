package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * What an event tells of its call.
 *
 * @param at when it began, or when it was over
 * @param told whether the event says that; else it is when it was heard of, and counts while no
 *     event says more
 * @param began when it began, as far as it tells; counts while nothing else is known of the call
 * @param over whether it is over
 * @param reason Retell's {@code disconnection_reason}; empty text when it gave none, which takes
 *     nothing back
 * @param analysis any text, for instance JSON of the fields that may be kept; encrypted at rest
 * @param who counts while nothing else is known of the call
 * @param leg the call at Twilio that it was registered for, as the event says; counts where the
 *     ledger knows that call and nothing better: nobody may ever have dialled what was registered
 */
public record CallNews(
    Instant at,
    boolean told,
    Optional<Instant> began,
    boolean over,
    String reason,
    Optional<String> analysis,
    Who who,
    Optional<CallSid> leg) {
  private static final int LONGEST_REASON = 200;

  public CallNews {
    Objects.requireNonNull(at);
    Objects.requireNonNull(began);
    Objects.requireNonNull(analysis);
    Objects.requireNonNull(who);
    Objects.requireNonNull(leg);
    reason = PlainText.of(reason, LONGEST_REASON);
  }

  /** A call that is over. */
  public CallNews(Instant ended, String reason, Optional<String> analysis) {
    this(ended, true, Optional.empty(), true, reason, analysis, Who.UNKNOWN, Optional.empty());
  }

  /** A call that did not come by the bridge has begun. */
  public static CallNews began(Instant at) {
    return new CallNews(
        at, true, Optional.of(at), false, "", Optional.empty(), Who.UNKNOWN, Optional.empty());
  }

  /** The same, with when the call began: an end may be told before the beginning is. */
  public CallNews since(Optional<Instant> beginning) {
    return new CallNews(at, told, beginning, over, reason, analysis, who, leg);
  }

  /** The same, of an event that does not say when that was. */
  public CallNews untold() {
    return new CallNews(at, false, began, over, reason, analysis, who, leg);
  }

  /** The same, with whom the call brings together. */
  public CallNews of(Who whom) {
    return new CallNews(at, told, began, over, reason, analysis, whom, leg);
  }

  /** The same, with the call at Twilio that it was registered for. */
  public CallNews on(Optional<CallSid> named) {
    return new CallNews(at, told, began, over, reason, analysis, who, named);
  }
}
