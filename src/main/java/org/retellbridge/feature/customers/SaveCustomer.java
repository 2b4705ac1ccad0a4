package org.retellbridge.feature.customers;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.segment.Customer;
import org.retellbridge.partner.segment.SavedTraits;
import org.retellbridge.partner.segment.Tracking;
import org.retellbridge.partner.segment.Written;

/** Writes down who the caller is; the call says whom it is about, the model only what is new. */
@ApplicationScoped
public class SaveCustomer {
  private Tracking tracking;
  private SavedTraits saved;

  SaveCustomer() {}

  @Inject
  SaveCustomer(Tracking tracking, SavedTraits saved) {
    this.tracking = tracking;
    this.saved = saved;
  }

  CompletionStage<Answer> save(FunctionCall call, Optional<Caller> caller) {
    if (!tracking.on()) {
      return CompletableFuture.completedStage(
          Answer.failed("Customers cannot be saved here. Nothing was stored."));
    }
    if (caller.isEmpty()) {
      return CompletableFuture.completedStage(Answer.callerNotFound());
    }
    Map<String, JsonValue> traits = call.arguments(CustomerDetails.class).traits(call.arguments());
    return traits.isEmpty()
        ? CompletableFuture.completedStage(
            Answer.failed("Nothing about the customer was given, so nothing was saved."))
        : save(call, caller.get(), traits);
  }

  CompletionStage<Answer> save(FunctionCall call, Caller caller, Map<String, JsonValue> traits) {
    long turn = saved.turn();
    return tracking
        .identify(
            new Customer(caller, !call.web()), traits, Answer.accepted().asMark(call.effect()))
        .thenApply(
            written -> {
              // Not of a repeat, which may be older than what was saved since.
              if (written instanceof Written.Accepted) {
                call.callId().ifPresent(id -> saved.keep(id, caller, turn, traits));
              }
              return answer(written);
            });
  }

  private static Answer answer(Written written) {
    if (written instanceof Written.NotStored not) {
      return Answer.failed(not.speakable());
    }
    return written instanceof Written.Repeated repeated
        ? Answer.repeated(repeated.answer())
        : Answer.accepted();
  }
}
