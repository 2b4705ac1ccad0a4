package org.retellbridge.foundation.telephony;

import java.time.Duration;
import java.util.Optional;

/**
 * An event: an agent hands its call over, in a while perhaps. Should its own leg end before Twilio
 * is known to have moved the call, the call goes where it was to go all the same: its caller was
 * told so. Moved twice, it ends up at the same place.
 */
public final class CallHandedOver {
  private enum State {
    NOT_DUE,
    ASKED,
    MOVED,
    REFUSED,
    WITH_THE_LEG
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
  private final String twiml;
  private final Duration delay;
  private State state = State.NOT_DUE;
  private Optional<CallSid> taker = Optional.empty();

  /**
   * @param twiml where the call goes, with absolute addresses
   * @param delay in which time
   */
  public CallHandedOver(CallSid callSid, String twiml, Duration delay) {
    this.callSid = callSid;
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

  /** For whoever asks Twilio to move the call once it is time: whether it is still to be moved. */
  public boolean takeInTime() {
    return goOn(State.NOT_DUE, State.ASKED);
  }

  /** Twilio moved the call: whether it was the first to take it, and not the agent's leg. */
  public boolean moved() {
    return goOn(State.ASKED, State.MOVED);
  }

  /** Twilio surely did not move the call. */
  public void refused() {
    goOn(State.ASKED, State.REFUSED);
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
  public synchronized LegEnd legEnds(Optional<CallSid> leg) {
    return switch (state) {
      case NOT_DUE, ASKED -> {
        state = State.WITH_THE_LEG;
        taker = leg;
        yield LegEnd.TAKES_THE_CALL;
      }
      case WITH_THE_LEG -> isTaker(leg) ? LegEnd.TOOK_THE_CALL : LegEnd.ENDS_THE_TALK;
      case MOVED -> LegEnd.LEFT_BEHIND;
      case REFUSED -> LegEnd.ENDS_THE_TALK;
    };
  }

  private boolean isTaker(Optional<CallSid> leg) {
    return taker.isEmpty() || leg.isEmpty() || leg.equals(taker);
  }
}
