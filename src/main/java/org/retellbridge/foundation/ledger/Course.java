package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Masked;

/**
 * What some steps tell of a call: what most calls do in a second is one row then, written once.
 *
 * @param arrives whether one of the steps is the first that a call takes
 * @param begun when the first of the steps happened
 * @param noted when the last of them happened
 * @param numbers who called whom, if one of the steps says so
 * @param leads to where the call is now, if one of the steps says so
 * @param changed when the last of them happened that leads anywhere; long ago if none does
 * @param lines the steps, as they are kept
 */
record Course(
    CallSid call,
    boolean arrives,
    Instant begun,
    Instant noted,
    Optional<Step.Numbers> numbers,
    Optional<Step.Place> leads,
    Instant changed,
    String lines) {
  /** As much as the column takes; a broken client that asks for ever must not fill it. */
  private static final int MOST = 8_000;

  /** The places of the numbers, for the vault; the CallSid follows. */
  static final String FROM = "from ";

  static final String TO = "to ";

  private static final Step.Place NOWHERE = Step.Place.of(PhoneCall.Stage.ARRIVED, "");

  /** By whether they arrive, which means that the call is likely to be new. */
  static Map<Boolean, List<Course>> of(List<Step> steps) {
    Map<CallSid, Course> courses = new LinkedHashMap<>();
    steps.forEach(step -> courses.merge(step.call(), of(step), Course::then));
    return courses.values().stream().collect(Collectors.partitioningBy(Course::arrives));
  }

  private static Course of(Step step) {
    return new Course(
        step.call(),
        step.leads().filter(place -> place.stage() == PhoneCall.Stage.ARRIVED).isPresent(),
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
        arrives || next.arrives,
        begun.isBefore(next.begun) ? begun : next.begun,
        noted.isAfter(next.noted) ? noted : next.noted,
        next.numbers.or(() -> numbers),
        last.leads
            .map(place -> former.leads.map(place::after).orElse(place))
            .or(() -> former.leads),
        last.changed,
        lines + next.lines);
  }

  /** Whether an agent has it now who did not before. */
  boolean registered() {
    return leads.flatMap(Step.Place::callId).isPresent();
  }

  /** Its whole row. */
  Object[] row(long id, UUID key, Vault vault, Partition partition) {
    Step.Numbers who = numbers.orElse(Step.Numbers.UNKNOWN);
    Step.Place place = place();
    return new Object[] {
      id,
      key,
      partition.of(callIdKey()),
      partition.of(customer(vault)),
      call.value(),
      who.outbound(),
      sealed(vault, FROM, who.from()),
      Masked.of(who.from()),
      sealed(vault, TO, who.to()),
      Masked.of(who.to()),
      place.stage().text(),
      place.reason(),
      callId(),
      agent(),
      ended(),
      changed.toEpochMilli(),
      noted.toEpochMilli(),
      course()
    };
  }

  /** Who called whom, and in which row. */
  Object[] who(UUID key, Vault vault, Partition partition) {
    Step.Numbers who = numbers.orElse(Step.Numbers.UNKNOWN);
    return new Object[] {
      who.outbound(),
      partition.of(customer(vault)),
      sealed(vault, FROM, who.from()),
      Masked.of(who.from()),
      sealed(vault, TO, who.to()),
      Masked.of(who.to()),
      key
    };
  }

  /** In which row an agent's part stands, and which one it is. */
  Object[] part(UUID key) {
    return new Object[] {key, callId()};
  }

  /** Its CallSid, and the agent's part on it. */
  Object[] leg() {
    return new Object[] {call.value(), callId()};
  }

  void bindPlace(PreparedBatch batch, UUID key, Partition partition) {
    Step.Place place = place();
    batch
        .bind("key", key)
        .bind("stage", place.stage().text())
        .bind("reason", place.reason())
        .bind("call_id", callId())
        .bind("call_id_key", partition.of(callIdKey()))
        .bind("agent", agent())
        .bind("ended", ended())
        .bind("at", changed.toEpochMilli())
        .bind("noted", noted.toEpochMilli())
        .bind("course", course());
  }

  /** That of its CallSid, in no partition. */
  UUID key() {
    return RowKey.of(call.value());
  }

  private String course() {
    return lines.length() > MOST ? lines.substring(0, MOST) : lines;
  }

  private Step.Place place() {
    return leads.orElse(NOWHERE);
  }

  private String callId() {
    return place().callId().map(CallId::value).orElse(null);
  }

  private UUID callIdKey() {
    return place().callId().map(CallId::value).map(RowKey::of).orElse(null);
  }

  private String agent() {
    return place().agentId().isEmpty() ? null : place().agentId();
  }

  private Long ended() {
    return place().stage() == PhoneCall.Stage.OVER ? changed.toEpochMilli() : null;
  }

  private UUID customer(Vault vault) {
    return numbers
        .map(who -> RowKey.ofHash(vault.hash(who.outbound() ? who.to() : who.from())))
        .orElse(null);
  }

  /** Null while nobody said who called whom. */
  private byte[] sealed(Vault vault, String which, String number) {
    return numbers.isPresent() ? vault.seal(number, which + call) : null;
  }
}
