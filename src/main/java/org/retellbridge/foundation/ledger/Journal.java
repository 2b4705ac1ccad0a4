package org.retellbridge.foundation.ledger;

import static org.retellbridge.foundation.ledger.PhoneCall.Stage.AGENT;
import static org.retellbridge.foundation.ledger.PhoneCall.Stage.ARRIVED;
import static org.retellbridge.foundation.ledger.PhoneCall.Stage.OVER;
import static org.retellbridge.foundation.ledger.PhoneCall.Stage.PERSON;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * The steps of calls, for people who look later. They are taken at once and written later; when
 * there is too much to write they are dropped and counted, because nothing depends on them.
 */
public final class Journal {
  private static final int QUEUE = 60_000;

  /** What belongs together comes within it, but for the arrivals that wait longer. */
  private static final Duration TOGETHER = Duration.ofMillis(400);

  private final Clock clock;
  private final StepId ids = new StepId();
  private final Arrivals arrivals = new Arrivals(System::nanoTime);
  private final RecentNotes notes;
  private final BatchWriter<Step> writer;

  Journal(Database database, Clock clock, Counters counters) {
    this.clock = clock;
    this.notes = new RecentNotes(clock);
    this.writer =
        new BatchWriter<>(
            "step",
            QUEUE,
            TOGETHER,
            database,
            counters,
            (tables, steps) -> StepRows.write(tables, ids, steps),
            notes::written);
  }

  /**
   * Twilio asked what to do with a call.
   *
   * @param from as Twilio wrote it; encrypted at rest
   */
  public void arrived(CallSid call, boolean outbound, String from, String to) {
    Step arrival =
        step(
            call,
            "webhook",
            Map.of(),
            Optional.empty(),
            Optional.of(new Step.Numbers(outbound, from, to)),
            Optional.of(Step.Place.of(ARRIVED, "")));
    if (!arrivals.take(arrival)) {
      writer.add(arrival);
    }
  }

  /** Twilio asked again, and got the first answer. */
  public void askedAgain(CallSid call) {
    note(call, "webhook_repeated", Map.of(), Optional.empty(), Optional.empty());
  }

  /**
   * What functions ask of a call: who has it, and who called whom.
   *
   * @param from as Twilio wrote it; encrypted at rest
   */
  void keep(CallSid call, CallId callId, String agentId, boolean outbound, String from, String to) {
    write(
        step(
            call,
            "",
            Map.of(),
            Optional.empty(),
            Optional.of(new Step.Numbers(outbound, from, to)),
            Optional.of(new Step.Place(AGENT, "", Optional.of(callId), agentId))));
  }

  /**
   * The call was registered with Retell and is on its way to the agent.
   *
   * @param took how long the registration took
   */
  public void registered(CallSid call, CallId callId, String agentId, Duration took) {
    note(
        call,
        "agent",
        Map.of("agent", agentId, "call_id", callId.value()),
        Optional.of(took),
        Optional.of(new Step.Place(AGENT, "", Optional.of(callId), agentId)));
  }

  /**
   * The agent cannot have the call.
   *
   * @param reason in a word
   * @param rung what the caller gets instead
   * @param stage where the call is with it: on the ladder, or out of the bridge's hands
   */
  public void fellBack(CallSid call, String reason, String rung, PhoneCall.Stage stage) {
    note(
        call,
        "fallback",
        Map.of("reason", reason, "rung", rung),
        Optional.empty(),
        Optional.of(Step.Place.of(stage, reason)));
  }

  /**
   * The agent was asked for and cannot have the call: then people look for which one it was.
   *
   * @param agentId the agent's
   * @param asked the agent as it was asked for, with its version
   */
  public void refused(
      CallSid call,
      String reason,
      String rung,
      PhoneCall.Stage stage,
      String agentId,
      String asked) {
    note(
        call,
        "fallback",
        Map.of("reason", reason, "rung", rung, "agent", asked),
        Optional.empty(),
        Optional.of(new Step.Place(stage, reason, Optional.empty(), agentId)));
  }

  /**
   * A leg is over and the bridge hangs up.
   *
   * @param rung which leg; 0 is the agent's
   * @param result Twilio's word
   */
  public void ended(CallSid call, String rung, String result) {
    note(
        call,
        "leg_ended",
        Map.of("rung", rung, "result", result, "next", "hangup"),
        Optional.empty(),
        Optional.of(Step.Place.of(OVER, result)));
  }

  /**
   * A leg is over, and the next rung of the ladder has the call.
   *
   * @param stage where the call is with it
   */
  public void wentOn(CallSid call, String rung, String result, String next, PhoneCall.Stage stage) {
    note(
        call,
        "leg_ended",
        Map.of("rung", rung, "result", result, "next", next),
        Optional.empty(),
        Optional.of(Step.Place.of(stage, Step.Place.LEG_FAILED + result)));
  }

  /** The agent handed the call over, and Twilio has moved it or is just being told to. */
  public void handedOver(CallSid call) {
    note(
        call,
        "handed_over",
        Map.of(),
        Optional.empty(),
        Optional.of(Step.Place.of(PERSON, "handed_over")));
  }

  /** What this node wrote a moment ago. */
  RecentNotes notes() {
    return notes;
  }

  CompletionStage<Void> flush() {
    arrivals.due(writer::add);
    return writer.flush();
  }

  CompletionStage<Void> flushAll() {
    arrivals.all(writer::add);
    return writer.flushAll();
  }

  /** Whether all is written. */
  boolean idle() {
    return arrivals.none() && writer.idle();
  }

  private void note(
      CallSid call,
      String name,
      Map<String, String> facts,
      Optional<Duration> took,
      Optional<Step.Place> leads) {
    write(step(call, name, facts, took, Optional.empty(), leads));
  }

  private void write(Step step) {
    arrivals.give(step.call()).ifPresent(writer::add);
    writer.add(step);
  }

  private Step step(
      CallSid call,
      String name,
      Map<String, String> facts,
      Optional<Duration> took,
      Optional<Step.Numbers> numbers,
      Optional<Step.Place> leads) {
    Instant now = clock.instant();
    return new Step(ids.next(now), call, name, facts, took, now, numbers, leads);
  }
}
