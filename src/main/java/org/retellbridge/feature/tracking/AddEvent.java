package org.retellbridge.feature.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.segment.Customer;
import org.retellbridge.partner.segment.Tracking;
import org.retellbridge.partner.segment.Written;

/**
 * Writes down what the caller did, with whatever the model says of it: what it was asked for and
 * left out is no reason to lose an order.
 */
@ApplicationScoped
public class AddEvent {
  private Tracking tracking;

  AddEvent() {}

  @Inject
  AddEvent(Tracking tracking) {
    this.tracking = tracking;
  }

  CompletionStage<Answer> add(FunctionCall call, Optional<Caller> caller) {
    if (!tracking.on()) {
      return CompletableFuture.completedStage(
          Answer.failed("Events cannot be recorded here. Nothing was stored."));
    }
    Optional<String> event = call.name().map(String::strip).filter(name -> !name.isEmpty());
    if (event.isEmpty()) {
      return CompletableFuture.completedStage(
          Answer.malformed("The request does not say which event it is."));
    }
    if (caller.isEmpty()) {
      return CompletableFuture.completedStage(Answer.callerMissing());
    }
    return tracking
        .track(
            new Customer(caller.get(), !call.web()),
            event.get(),
            EventProperties.of(call.arguments()),
            Answer.accepted().asMark(call.effect()))
        .thenApply(AddEvent::answer);
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
