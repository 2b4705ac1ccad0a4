package org.retellbridge.partner.retell;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Registrations without Retell, for tests of those who ask for them. */
public final class TestRetellCalls {
  private TestRetellCalls() {}

  /**
   * @param outcome of each registration; it may throw
   */
  public static RetellCalls of(Supplier<CompletionStage<Registration>> outcome) {
    return new RetellCalls() {
      @Override
      public CompletionStage<Registration> register(NewCall call, Duration spent) {
        return outcome.get();
      }

      @Override
      public boolean refuses() {
        return false;
      }
    };
  }
}
