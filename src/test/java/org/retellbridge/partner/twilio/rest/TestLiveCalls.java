package org.retellbridge.partner.twilio.rest;

import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.retellbridge.foundation.telephony.CallSid;

/** Live calls without Twilio, for tests of those who move them. */
public final class TestLiveCalls {
  private TestLiveCalls() {}

  /**
   * @param outcome of each move; it may throw
   */
  public static LiveCalls of(Supplier<CompletionStage<LiveCalls.Move>> outcome) {
    return asking(still -> outcome.get());
  }

  /**
   * @param outcome of each move, which is told whether the call is still to be moved
   */
  public static LiveCalls asking(
      Function<BooleanSupplier, CompletionStage<LiveCalls.Move>> outcome) {
    return new LiveCalls() {
      @Override
      public CompletionStage<Move> move(CallSid callSid, String twiml, BooleanSupplier still) {
        return outcome.apply(still);
      }
    };
  }
}
