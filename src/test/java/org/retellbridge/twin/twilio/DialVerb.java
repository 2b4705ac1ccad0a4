package org.retellbridge.twin.twilio;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.wire.Fields;

/** {@code <Dial>}: dials its nouns, stays connected, and tells the outcome. */
final class DialVerb {

  /**
   * @param order what took the call away, empty where the leg ended by itself
   * @param fields for the action request
   */
  record Result(Optional<Step> order, Fields fields) {}

  private final CallRecord call;
  private final CallControl control;
  private final Network network;
  private final Optional<Conversation> automatic;

  DialVerb(
      CallRecord call, CallControl control, Network network, Optional<Conversation> automatic) {
    this.call = call;
    this.control = control;
    this.network = network;
    this.automatic = automatic;
  }

  Result dial(Tag dial) throws InterruptedException {
    Leg leg = dialNouns(dial);
    if (leg.party().isEmpty()) {
      call.leftAlone();
      return new Result(Optional.empty(), fields(leg, Duration.ZERO));
    }
    long start = System.nanoTime();
    Optional<Step> order = talk(leg.party().get());
    return new Result(order, fields(leg, Duration.ofNanos(System.nanoTime() - start)));
  }

  /** The first noun that answers wins; Twilio rings them all at once. */
  private Leg dialNouns(Tag dial) {
    List<Tag> nouns = dial.children();
    if (nouns.isEmpty()) {
      nouns = List.of(new Tag("Number", Map.of(), dial.text(), List.of()));
    }
    Leg leg = null;
    for (Tag noun : nouns) {
      leg = network.dialler().dial(noun, dial, call);
      call.dialled(leg);
      if (leg.party().isPresent()) {
        return leg;
      }
    }
    return leg;
  }

  /** Connects the caller until either side or an order from outside ends it. */
  Optional<Step> talk(Party party) throws InterruptedException {
    call.pickUp();
    network.lets(call, party.kind().heard(), party.name());
    party.agent().ifPresent(AgentCall::greets);
    CompletableFuture<Void> farEnd =
        party
            .agent()
            .map(agent -> agent.ended().<Void>thenApply(reason -> null))
            .orElseGet(CompletableFuture::new);
    automatic.ifPresent(conversation -> play(conversation, party, farEnd));
    try {
      return control.connect(party, farEnd);
    } finally {
      party.agent().ifPresent(AgentCall::otherSideLeft);
    }
  }

  private void play(Conversation conversation, Party party, CompletableFuture<Void> farEnd) {
    if (party.agent().isEmpty()) {
      farEnd.complete(null);
      return;
    }
    network.threads().execute(() -> talk(conversation, party.agent().get()));
  }

  private void talk(Conversation conversation, AgentCall agent) {
    try {
      conversation.talk(agent);
    } catch (RuntimeException | AssertionError failure) {
      call.failed(failure);
    } finally {
      agent.hangUp();
    }
  }

  private Fields fields(Leg leg, Duration talked) {
    Fields fields =
        Fields.of("DialCallStatus", leg.outcome().dialCallStatus(), "DialCallSid", leg.callSid());
    boolean bridged = leg.party().isPresent();
    fields.add("DialBridged", Boolean.toString(bridged));
    if (bridged) {
      fields.add(
          "DialCallDuration",
          Long.toString(Math.max(network.script().talk().toSeconds(), talked.toSeconds())));
    }
    if (leg.sipCode() > 0) {
      fields.add("DialSipCallId", leg.callSid() + "@twin.invalid");
      fields.add("DialSipResponseCode", Integer.toString(leg.sipCode()));
    }
    return fields;
  }
}
