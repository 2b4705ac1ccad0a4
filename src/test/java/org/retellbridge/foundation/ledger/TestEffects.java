package org.retellbridge.foundation.ledger;

import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;

/** Effects as functions of a call have them. */
public final class TestEffects {
  private TestEffects() {}

  public static EffectId of(CallId call, String function, InvocationKey invocation, Kind kind) {
    return new EffectId(call.value(), function, invocation, Optional.empty(), kind);
  }
}
