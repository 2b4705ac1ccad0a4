package org.retellbridge.foundation.telephony;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An event: an agent hands its call over, in a while perhaps. Should its own leg end before Twilio
 * is known to have moved the call, the call goes where it was to go all the same: its caller was
 * told so. Moved twice, it ends up at the same place. An agent may change its mind meanwhile: the
 * newest wish that comes to something counts, and nobody is taken away from the person who has him.
 */
public final class CallHandedOver {
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

  private final CallSid callSid;
  private final Optional<CallId> agentsPart;
  private final String twiml;
  private final Duration delay;

  /** Whether this one has the call, or may have it; not known before. */
  private final CompletableFuture<Boolean> moves = new CompletableFuture<>();

  private State state = State.NOT_DUE;
  private Optional<CallSid> taker = Optional.empty();
  private Optional<CallHandedOver> former = Optional.empty();
  private Optional<CallHandedOver> newer = Optional.empty();

  /**
   * @param agentsPart the agent's part of the call, by which an earlier agent's wish is told from
   *     this one's; empty when nobody knows it
   * @param twiml where the call goes, with absolute addresses
   * @param delay in which time
   */
  public CallHandedOver(
      CallSid callSid, Optional<CallId> agentsPart, String twiml, Duration delay) {
    this.callSid = callSid;
    this.agentsPart = agentsPart;
    this.twiml = twiml;
    this.delay = delay;
  }

  public CallSid callSid() {
    return callSid;
  }

  public String twiml() {
    return twiml;
  }

  public Duration delay() {
    return delay;
  }

  /** This one was asked for after the other one of the same call, before anything came of it. */
  public void follows(CallHandedOver other) {
    other.followedBy(this);
    if (agentsPart.equals(other.agentsPart)) {
      Optional<CallHandedOver> before = other.inForce();
      synchronized (this) {
        former = before;
      }
    }
  }

  private synchronized void followedBy(CallHandedOver other) {
    newer = Optional.of(other);
  }

  /** This one, or if surely nothing came of it, the one before it. */
  public Optional<CallHandedOver> inForce() {
    Optional<CallHandedOver> before;
    synchronized (this) {
      if (state != State.REFUSED && state != State.OVERTAKEN) {
        return Optional.of(this);
      }
      before = former;
    }
    return before.flatMap(CallHandedOver::inForce);
  }

  /**
   * For whoever is to move the call once it is time: whether another one has it by then, or may
   * have it. While a newer one is under way, that is known when it has come to an end.
   */
  public CompletionStage<Boolean> overtaken() {
    return gone()
        ? CompletableFuture.completedStage(giveWay(true))
        : newerMoves().thenApply(this::giveWay);
  }

  private boolean giveWay(boolean toAnother) {
    boolean gives = toAnother && goOn(State.NOT_DUE, State.OVERTAKEN);
    if (gives) {
      moves.complete(false);
    }
    return gives;
  }

  /** By an earlier wish of the same agent, which has nothing left to hand over. */
  private boolean gone() {
    Optional<CallHandedOver> before;
    synchronized (this) {
      before = former.filter(other -> agentsPart.isPresent());
    }
    return before.filter(other -> other.hasTheCall() || other.gone()).isPresent();
  }

  private synchronized boolean hasTheCall() {
    return state == State.MOVED || state == State.WITH_THE_LEG;
  }

  private CompletionStage<Boolean> newerMoves() {
    Optional<CallHandedOver> next;
    synchronized (this) {
      next = newer;
    }
    return next.isEmpty() ? CompletableFuture.completedStage(false) : next.get().movesOrANewerOne();
  }

  private CompletionStage<Boolean> movesOrANewerOne() {
    return moves.thenCompose(
        moved -> moved ? CompletableFuture.completedStage(true) : newerMoves());
  }

  /** For whoever asks Twilio to move the call once it is time: whether it is still to be moved. */
  public boolean takeInTime() {
    return goOn(State.NOT_DUE, State.ASKED);
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
