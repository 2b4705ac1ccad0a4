package org.retellbridge.partner.twilio;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * What comes of one {@link HandoverWish}, by Twilio's word or by the end of the agent's leg,
 * whichever is first: each of them may take the call, and only one does.
 */
public final class HandoverOutcome {
  private enum State {
    NOT_DUE,
    ASKED,
    MOVED,
    REFUSED,
    WITH_THE_LEG,
    OVERTAKEN
  }

  /** What the end of the agent's leg means for the call. */
  public enum LegEnd {
    /** It takes the call where the agent meant it to go. */
    TAKES_THE_CALL,
    /** The same, which was told before. */
    TOOK_THE_CALL,
    /** Others have the call by then. */
    LEFT_BEHIND,
    /** The call was with the agent until then. */
    ENDS_THE_TALK
  }

  /** Whether this one has the call, or may have it; not known before. */
  private final CompletableFuture<Boolean> moves = new CompletableFuture<>();

  private State state = State.NOT_DUE;
  private Optional<CallSid> taker = Optional.empty();

  HandoverOutcome() {}

  /** For whoever asks Twilio to move the call once it is time: whether it is still to be moved. */
  public boolean takeInTime() {
    return goOn(State.NOT_DUE, State.ASKED);
  }

  /**
   * Another wish has the call, or may have it: whether nothing had come of this one. Twilio may
   * have been asked already, but is not asked again.
   */
  boolean giveWay() {
    boolean gives = goOn(State.NOT_DUE, State.OVERTAKEN) || goOn(State.ASKED, State.OVERTAKEN);
    if (gives) {
      moves.complete(false);
    }
    return gives;
  }

  /** Twilio moved the call: whether it was the first to take it, and not the agent's leg. */
  public boolean moved() {
    boolean first = goOn(State.ASKED, State.MOVED);
    moves.complete(true);
    return first;
  }

  /** Twilio surely did not move the call. */
  public void refused() {
    if (goOn(State.ASKED, State.REFUSED)) {
      moves.complete(false);
    }
  }

  /** Twilio did not say whether it moved the call. */
  public void unconfirmed() {
    moves.complete(true);
  }

  /**
   * It broke off. What was never asked for does not happen; of the rest nobody knows, if that is
   * not known already.
   */
  public void brokenOff() {
    if (goOn(State.NOT_DUE, State.REFUSED)) {
      moves.complete(false);
    } else {
      moves.complete(true);
    }
  }

  private synchronized boolean goOn(State from, State to) {
    boolean there = state == from;
    state = there ? to : state;
    return there;
  }

  /** Whether the end of the agent's leg took the call. */
  public synchronized boolean withTheLeg() {
    return state == State.WITH_THE_LEG;
  }

  /** Whether surely nothing came of it. */
  synchronized boolean nothing() {
    return state == State.REFUSED || state == State.OVERTAKEN;
  }

  /** Whether the call is where it was to go. */
  synchronized boolean hasTheCall() {
    return state == State.MOVED || state == State.WITH_THE_LEG;
  }

  /** Whether the call is where it was to go, or may be. */
  synchronized boolean mayHaveTheCall() {
    return state == State.ASKED || hasTheCall();
  }

  /** Whether it has the call, or may have it, once that is known. */
  CompletionStage<Boolean> moves() {
    return moves;
  }

  /**
   * The agent's leg ends, which Twilio may report twice. Another leg is a later agent's, to whom
   * the call came back by another node.
   *
   * @param leg its own CallSid, which Twilio need not tell
   */
  public LegEnd legEnds(Optional<CallSid> leg) {
    LegEnd end = endOf(leg);
    if (end == LegEnd.TAKES_THE_CALL) {
      // Not under the lock: who waits for it goes on in this thread.
      moves.complete(true);
    }
    return end;
  }

  private synchronized LegEnd endOf(Optional<CallSid> leg) {
    return switch (state) {
      case NOT_DUE, ASKED -> {
        state = State.WITH_THE_LEG;
        taker = leg;
        yield LegEnd.TAKES_THE_CALL;
      }
      case WITH_THE_LEG -> isTaker(leg) ? LegEnd.TOOK_THE_CALL : LegEnd.ENDS_THE_TALK;
      case MOVED -> LegEnd.LEFT_BEHIND;
      case REFUSED, OVERTAKEN -> LegEnd.ENDS_THE_TALK;
    };
  }

  private boolean isTaker(Optional<CallSid> leg) {
    return taker.isEmpty() || leg.isEmpty() || leg.equals(taker);
  }
}
