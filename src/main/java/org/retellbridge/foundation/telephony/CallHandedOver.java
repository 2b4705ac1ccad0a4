package org.retellbridge.foundation.telephony;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An event: an agent hands its call over, in a while perhaps. Should its own leg end before, the
 * call goes where it was to go all the same. Whoever comes first moves it; the other must not.
 */
public final class CallHandedOver {
  private enum Taken {
    BY_ITS_TIME,
    BY_THE_LEG
  }

  private final CallSid callSid;
  private final String twiml;
  private final AtomicReference<Taken> taken = new AtomicReference<>();

  /**
   * @param twiml where the call goes, with absolute addresses
   */
  public CallHandedOver(CallSid callSid, String twiml) {
    this.callSid = callSid;
    this.twiml = twiml;
  }

  public CallSid callSid() {
    return callSid;
  }

  /** For whoever asks Twilio to move the call once it is time: whether it is still to be moved. */
  public boolean takeInTime() {
    return taken.compareAndSet(null, Taken.BY_ITS_TIME);
  }

  /** For the end of the agent's leg, which Twilio may report twice: what the call gets. */
  public Optional<String> takeWithTheLeg() {
    return taken.compareAndSet(null, Taken.BY_THE_LEG) || taken.get() == Taken.BY_THE_LEG
        ? Optional.of(twiml)
        : Optional.empty();
  }
}
