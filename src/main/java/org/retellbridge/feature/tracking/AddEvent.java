package org.retellbridge.feature.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
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
  private static final int NO_CALLER = 400;
  private static final int NO_NAME = 400;
  private static final JsonObject ACCEPTED =
      JsonText.object().add("message", "accepted").add("success", true).build();

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
      return CompletableFuture.completedStage(nameless());
    }
    if (caller.isEmpty()) {
      return CompletableFuture.completedStage(Answer.notFound(NO_CALLER));
    }
    return tracking
        .track(
            new Customer(caller.get(), !call.web()),
            event.get(),
            EventProperties.of(call.arguments()),
            Answer.done(ACCEPTED).asMark(call.effect()))
        .thenApply(AddEvent::answer);
  }

  private static Answer nameless() {
    String message = "The request does not say which event it is.";
    return new Answer(NO_NAME, Answer.Outcome.FAILED, Answer.failed(message).body());
  }

  private static Answer answer(Written written) {
    if (written instanceof Written.NotStored not) {
      return Answer.failed(not.speakable());
    }
    return written instanceof Written.Repeated repeated
        ? Answer.repeated(repeated.answer())
        : Answer.done(ACCEPTED);
  }
}
