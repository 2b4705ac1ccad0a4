package org.retellbridge.twin.twilio;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.wire.Fields;

/** A call that goes on, in the hands of a test or a demo. */
public final class LiveCall {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CallRecord record;
  private final CallControl control;

  LiveCall(CallRecord record, CallControl control) {
    this.record = record;
    this.control = control;
  }

  public String callSid() {
    return record.sid();
  }

  /**
   * Waits until the caller talks to a voice agent.
   *
   * @throws IllegalStateException with the whole call in its message where it comes otherwise
   */
  public AgentCall awaitAgent() {
    return awaitParty(Party.Kind.AGENT).agent().orElseThrow();
  }

  /** Waits until the caller talks to an agent in another conversation than that earlier one. */
  public AgentCall awaitAgentAfter(AgentCall earlier) {
    return await(
            Party.Kind.AGENT, party -> party.agent().filter(agent -> agent != earlier).isPresent())
        .agent()
        .orElseThrow();
  }

  /** Waits until the caller is connected to that sort of party; throws where it never is. */
  public Party awaitParty(Party.Kind kind) {
    return await(kind, party -> party.kind() == kind);
  }

  private Party await(Party.Kind kind, Predicate<Party> wanted) {
    try {
      return control
          .await(wanted, PATIENCE)
          .orElseThrow(() -> new IllegalStateException("no " + kind + ": " + soFar()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Who the caller is connected to at this moment. */
  public Optional<Party> party() {
    try {
      return control.await(party -> true, Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The caller hangs up. */
  public void hangUp() {
    control.order(new Step.Over("caller hung up"));
  }

  /** Agent, Studio, number or person hang up. */
  public void farEndHangsUp() {
    control.farEndHangsUp();
  }

  /**
   * The call goes to another URL, as Studio's "TwiML Redirect" sends it: the webhook comes anew
   * with the same CallSid.
   */
  public void continueAt(String url) {
    control.order(new Step.Fetch(java.net.URI.create(url), "POST", new Fields()));
  }

  /** Waits for the end and tells the whole call. */
  public PlacedCall awaitEnd() {
    try {
      if (!control.awaitEnd(PATIENCE)) {
        throw new IllegalStateException("the call goes on: " + soFar());
      }
      return record.snapshot();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The call up to now. */
  public PlacedCall soFar() {
    return record.snapshot();
  }

  CallRecord record() {
    return record;
  }

  CallControl control() {
    return control;
  }
}
