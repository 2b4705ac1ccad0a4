package org.retellbridge.partner.retell.functions;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.retellbridge.foundation.problems.FaultLog;
import org.retellbridge.foundation.resilience.VendorFailure;

/** Says what went wrong so that the agent can say it too. */
final class Speech {
  private static final System.Logger LOGGER = System.getLogger(Speech.class.getName());

  private static final Map<String, String> SYSTEMS =
      Map.of("segment", "customer records", "twilio", "telephone system", "retell", "voice system");

  private Speech() {}

  /**
   * An answer for a stage that failed. What nobody expected is told to the log, and leaves it open
   * whether the function had acted by then.
   */
  static Answer answer(Throwable thrown, RetellFunction.Effect effect) {
    return answer(thrown, effect, effect != RetellFunction.Effect.NONE);
  }

  /**
   * An answer for what a function threw at once; what nobody expected kept it from acting. Whoever
   * goes by the status learns by it that the request was wrong.
   */
  static Answer atOnce(Throwable thrown, RetellFunction.Effect effect, boolean modelReads) {
    return !modelReads && VendorFailure.unwrapped(thrown) instanceof InvalidArguments invalid
        ? Answer.malformed(invalid.getMessage())
        : answer(thrown, effect, false);
  }

  private static Answer answer(
      Throwable thrown, RetellFunction.Effect effect, boolean mayHaveActed) {
    Throwable cause = VendorFailure.unwrapped(thrown);
    if (cause instanceof InvalidArguments invalid) {
      return Answer.failed(invalid.getMessage());
    }
    if (cause instanceof VendorFailure failure) {
      boolean uncertain = failure.mayHaveActed() && effect != RetellFunction.Effect.NONE;
      return of(failure, uncertain).because(failure.getMessage());
    }
    if (cause instanceof FunctionThreads.Crowded) {
      return Answer.failed("Too much is going on here right now. Please try again in a moment.")
          .because(cause.getMessage());
    }
    if (cause instanceof TimeoutException) {
      return late(effect).because("longer than FUNCTION_BUDGET");
    }
    UUID instance = UUID.randomUUID();
    FaultLog.tell(LOGGER, instance, cause);
    return ofFault(mayHaveActed);
  }

  private static Answer of(VendorFailure failure, boolean uncertain) {
    if (failure.kind() == VendorFailure.Kind.FAULT) {
      return ofFault(uncertain);
    }
    return uncertain
        ? Answer.unknown("The " + system(failure) + " did not say whether it worked.")
        : Answer.failed("The " + system(failure) + " cannot be reached right now.");
  }

  private static Answer ofFault(boolean uncertain) {
    return uncertain
        ? Answer.unknown("Something went wrong on our side; it is not certain that it worked.")
        : Answer.failed("Something went wrong on our side.");
  }

  /** Where nothing is changed, it is never uncertain whether it worked. */
  private static Answer late(RetellFunction.Effect effect) {
    return effect == RetellFunction.Effect.NONE
        ? Answer.failed("That is taking too long, so the answer is not known. Go on without it.")
        : Answer.unknown("That is taking too long; it is not certain that it worked.");
  }

  private static String system(VendorFailure failure) {
    return SYSTEMS.getOrDefault(failure.vendor(), "system");
  }
}
