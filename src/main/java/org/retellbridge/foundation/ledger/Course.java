package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Masked;

/**
 * What some steps tell of a call: what most calls do in a second is one row then, written once.
 *
 * @param begun when the first of the steps happened
 * @param noted when the last of them happened
 * @param numbers who called whom, if one of the steps says so
 * @param leads to where the call is now, if one of the steps says so
 * @param changed when the last of them happened that leads anywhere; long ago if none does
 * @param lines the steps, as they are kept
 */
record Course(
    CallSid call,
    Instant begun,
    Instant noted,
    Optional<Step.Numbers> numbers,
    Optional<Step.Place> leads,
    Instant changed,
    String lines) {
  /** As much as the column takes; a broken client that asks for ever must not fill it. */
  private static final int MOST = 8_000;

  private static final Step.Numbers UNKNOWN = new Step.Numbers(false, "", "");
  private static final Step.Place NOWHERE = Step.Place.of(PhoneCall.Stage.ARRIVED, "");

  /** By whether the numbers are among the steps, which means that the call is likely to be new. */
  static Map<Boolean, List<Course>> of(List<Step> steps) {
    Map<CallSid, Course> courses = new LinkedHashMap<>();
    steps.forEach(step -> courses.merge(step.call(), of(step), Course::then));
    return courses.values().stream()
        .collect(Collectors.partitioningBy(course -> course.numbers().isPresent()));
  }

  private static Course of(Step step) {
    return new Course(
        step.call(),
        step.at(),
        step.at(),
        step.numbers(),
        step.leads(),
        // What leads nowhere changes nothing, however late it is.
        step.leads().isPresent() ? step.at() : Instant.EPOCH,
        step.line());
  }

  private Course then(Course next) {
    boolean later = !next.changed.isBefore(changed);
    Course last = later ? next : this;
    Course former = later ? this : next;
    return new Course(
        call,
        begun.isBefore(next.begun) ? begun : next.begun,
        noted.isAfter(next.noted) ? noted : next.noted,
        next.numbers.or(() -> numbers),
        last.leads
            .map(place -> former.leads.map(place::after).orElse(place))
            .or(() -> former.leads),
        last.changed,
        lines + next.lines);
  }

  void bindNumbers(PreparedBatch batch, Vault vault) {
    Step.Numbers who = numbers.orElse(UNKNOWN);
    batch
        .bind("outbound", who.outbound())
        .bind(
            "from_hash",
            numbers.isPresent() ? vault.hash(who.outbound() ? who.to() : who.from()) : null)
        .bind("from_masked", Masked.of(who.from()))
        .bind("to_masked", Masked.of(who.to()));
  }

  void bindPlace(PreparedBatch batch) {
    Step.Place place = leads.orElse(NOWHERE);
    batch
        .bind("stage", place.stage().text())
        .bind("reason", place.reason())
        .bind("call_id", place.callId().map(CallId::value).orElse(null))
        .bind("agent", place.agentId().isEmpty() ? null : place.agentId())
        .bind("ended", place.stage() == PhoneCall.Stage.OVER ? changed.toEpochMilli() : null)
        .bind("at", changed.toEpochMilli())
        .bind("noted", noted.toEpochMilli())
        .bind("course", lines.length() > MOST ? lines.substring(0, MOST) : lines);
  }
}
