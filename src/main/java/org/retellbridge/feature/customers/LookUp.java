package org.retellbridge.feature.customers;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.segment.CustomerEvent;
import org.retellbridge.partner.segment.CustomerKey;
import org.retellbridge.partner.segment.ProfileAnswer;
import org.retellbridge.partner.segment.ProfileAnswer.Found;
import org.retellbridge.partner.segment.Profiles;
import org.retellbridge.partner.segment.SavedTraits;

/** Tells the agent what is on record, and never takes a vendor's failure for an unknown caller. */
@ApplicationScoped
public class LookUp {
  /** Written by the original into every event; it says nothing to the model. */
  private static final String LEFT_OUT = "client_id";

  private Profiles profiles;
  private SavedTraits saved;

  LookUp() {}

  @Inject
  LookUp(Profiles profiles, SavedTraits saved) {
    this.profiles = profiles;
    this.saved = saved;
  }

  CompletionStage<Answer> traits(FunctionCall call, Optional<CustomerKey> customer) {
    return about(
        customer,
        key -> profiles.traits(key).thenApply(answer -> withSaved(call, key, answer)),
        LookUp::traits);
  }

  private ProfileAnswer<JsonObject> withSaved(
      FunctionCall call, CustomerKey customer, ProfileAnswer<JsonObject> answer) {
    JsonObject held =
        answer instanceof Found<JsonObject> found ? found.value() : JsonValue.EMPTY_JSON_OBJECT;
    return new Found<>(call.callId().map(id -> saved.over(id, customer, held)).orElse(held));
  }

  CompletionStage<Answer> events(Optional<CustomerKey> customer) {
    return about(customer, profiles::events, LookUp::events);
  }

  private <T> CompletionStage<Answer> about(
      Optional<CustomerKey> customer,
      Function<CustomerKey, CompletionStage<ProfileAnswer<T>>> question,
      Function<T, JsonValue> shown) {
    if (!profiles.on()) {
      return CompletableFuture.completedStage(
          Answer.failed("Customer records are not available here. Go on without them."));
    }
    if (customer.isEmpty()) {
      return CompletableFuture.completedStage(Answer.callerNotFound());
    }
    return question
        .apply(customer.get())
        .thenApply(answer -> Answer.done(shown(answer, shown)))
        .exceptionally(LookUp::unreadable);
  }

  private static <T> JsonValue shown(ProfileAnswer<T> answer, Function<T, JsonValue> shown) {
    return answer instanceof Found<T> found
        ? shown.apply(found.value())
        : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** As the original: a customer without traits is a list without elements. */
  private static JsonValue traits(JsonObject traits) {
    return traits.isEmpty() ? JsonValue.EMPTY_JSON_ARRAY : traits;
  }

  private static JsonValue events(List<CustomerEvent> events) {
    JsonArrayBuilder shown = JsonText.array();
    events.forEach(event -> shown.add(event(event)));
    return shown.build();
  }

  private static JsonObjectBuilder event(CustomerEvent event) {
    JsonObjectBuilder shown = JsonText.object().add("eventName", event.name());
    event
        .properties()
        .forEach(
            (name, value) -> {
              if (!name.equals(LEFT_OUT)) {
                shown.add(name, value);
              }
            });
    return shown;
  }

  /** Nothing was changed, so it is never uncertain whether it worked. */
  private static Answer unreadable(Throwable thrown) {
    Throwable cause = VendorFailure.unwrapped(thrown);
    if (!(cause instanceof VendorFailure failure)) {
      throw new CompletionException(cause);
    }
    String why =
        switch (failure.kind()) {
          case REFUSED -> "The customer records do not let the bridge in";
          case FAULT -> "Something went wrong on our side";
          default -> "The customer records cannot be read right now";
        };
    return Answer.failed(
            why + ", so it is not known whether the caller is a customer. Go on without them.")
        .because(failure.getMessage());
  }
}
