package org.retellbridge.partner.twilio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * An agent's wish to hand its call over. Should its own leg end before Twilio is known to have
 * moved the call, the call goes where it was to go all the same: its caller was told so. Moved
 * twice, it ends up at the same place. An agent may change its mind meanwhile: the newest wish that
 * comes to something counts, and nobody is taken away from the person who has him.
 */
public final class HandoverWish {
  private final CallSid callSid;
  private final Optional<CallId> agentsPart;
  private final String twiml;
  private final Duration delay;
  private final HandoverOutcome outcome = new HandoverOutcome();

  private volatile Optional<HandoverWish> former = Optional.empty();
  private volatile Optional<HandoverWish> newer = Optional.empty();

  /**
   * @param agentsPart the agent's part of the call, by which an earlier agent's wish is told from
   *     this one's; empty when nobody knows it
   * @param twiml where the call goes, with absolute addresses
   * @param delay in which time
   */
  public HandoverWish(CallSid callSid, Optional<CallId> agentsPart, String twiml, Duration delay) {
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

  public HandoverOutcome outcome() {
    return outcome;
  }

  /** This one was asked for after the other one of the same call, before anything came of it. */
  public void follows(HandoverWish other) {
    other.newer = Optional.of(this);
    if (agentsPart.equals(other.agentsPart)) {
      former = other.inForce();
    }
  }

  /** This one, or if surely nothing came of it, the one before it. */
  public Optional<HandoverWish> inForce() {
    return outcome.nothing() ? former.flatMap(HandoverWish::inForce) : Optional.of(this);
  }

  /**
   * For whoever asks Twilio to move the call, before each attempt: whether nobody has it, or may
   * have it, from whom that would take it away.
   */
  public boolean stillToMove() {
    return !outcome.withTheLeg() && !gone() && !newerMayHaveTheCall();
  }

  /** One that is not due yet gives way when this one moves the call: see {@link #gone}. */
  private boolean newerMayHaveTheCall() {
    return newer
        .filter(other -> other.outcome.mayHaveTheCall() || other.newerMayHaveTheCall())
        .isPresent();
  }

  /**
   * For whoever is to move the call once it is time, or was asked to leave it alone by {@link
   * #stillToMove}: whether another one has it by then, or may have it. While a newer one is under
   * way, that is known when it has come to an end.
   */
  public CompletionStage<Boolean> overtaken() {
    return gone()
        ? CompletableFuture.completedStage(outcome.giveWay())
        : newerMoves().thenApply(moved -> moved && outcome.giveWay());
  }

  /** By an earlier wish of the same agent, which has nothing left to hand over. */
  private boolean gone() {
    return former
        .filter(other -> agentsPart.isPresent())
        .filter(other -> other.outcome.hasTheCall() || other.gone())
        .isPresent();
  }

  private CompletionStage<Boolean> newerMoves() {
    Optional<HandoverWish> next = newer;
    return next.isEmpty() ? CompletableFuture.completedStage(false) : next.get().movesOrANewerOne();
  }

  private CompletionStage<Boolean> movesOrANewerOne() {
    return outcome
        .moves()
        .thenCompose(moved -> moved ? CompletableFuture.completedStage(true) : newerMoves());
  }
}
