package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.CallRecord;
import org.retellbridge.foundation.ledger.Calls;
import org.retellbridge.foundation.resilience.Deadline;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.Caller;

/**
 * The calls that this bridge registered, on whatever node, for functions whose bodies carry no call
 * and whose URL names it.
 */
@ApplicationScoped
public class RegisteredCalls {
  /** A ledger that does not answer must not make the caller wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Calls calls;
  private Timers timers;

  RegisteredCalls() {}

  @Inject
  RegisteredCalls(Calls calls, Timers timers) {
    this.calls = calls;
    this.timers = timers;
  }

  /** The same invocation, with its call if it names one that is known; never fails. */
  CompletionStage<FunctionCall> complete(FunctionCall function) {
    Optional<CallId> named = function.namedCall();
    if (named.isEmpty()) {
      return CompletableFuture.completedStage(function);
    }
    return Deadline.within(PATIENCE, calls.findByCallId(named.get()), timers.scheduler())
        .exceptionally(ledgerDown -> Optional.empty())
        .thenApply(
            found -> found.flatMap(RegisteredCalls::known).map(function::in).orElse(function));
  }

  private static Optional<KnownCall> known(CallRecord call) {
    String customer = call.outbound() ? call.to() : call.from();
    return call.callSid()
        .map(sid -> new KnownCall(call.callId(), sid, call.outbound(), Caller.parse(customer)));
  }
}
