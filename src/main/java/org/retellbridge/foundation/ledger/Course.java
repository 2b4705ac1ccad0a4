package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Masked;

/**
 * Where some steps leave a call: what most calls do in a second is one row then, written once.
 *
 * @param begun when the first of the steps happened
 * @param changed when the last of them happened
 * @param numbers who called whom, if one of the steps says so
 */
record Course(
    CallSid call,
    Instant begun,
    Instant changed,
    Optional<Step.Numbers> numbers,
    Step.Place place) {
  private static final Step.Numbers UNKNOWN = new Step.Numbers(false, "", "");

  /** By whether the numbers are among the steps, which means that the call is likely to be new. */
  static Map<Boolean, List<Course>> of(List<Step> steps) {
    Map<CallSid, Course> courses = new LinkedHashMap<>();
    for (Step step : steps) {
      step.leads()
          .ifPresent(
              place ->
                  courses.merge(
                      step.call(),
                      new Course(step.call(), step.at(), step.at(), step.numbers(), place),
                      Course::then));
    }
    return courses.values().stream()
        .collect(Collectors.partitioningBy(course -> course.numbers().isPresent()));
  }

  private Course then(Course next) {
    boolean later = !next.changed.isBefore(changed);
    Course last = later ? next : this;
    Course former = later ? this : next;
    return new Course(
        call,
        former.begun.isBefore(last.begun) ? former.begun : last.begun,
        last.changed,
        last.numbers.or(() -> former.numbers),
        new Step.Place(
            last.place.stage(),
            last.place.reason(),
            last.place.callId().or(() -> former.place.callId()),
            last.place.agentId().isEmpty() ? former.place.agentId() : last.place.agentId()));
  }

  Object[] row(Vault vault) {
    Step.Numbers who = numbers.orElse(UNKNOWN);
    return new Object[] {
      call.value(),
      place.stage().text(),
      place.reason(),
      callId(),
      agentId(),
      ended(),
      changed.toEpochMilli(),
      begun.toEpochMilli(),
      who.outbound(),
      numbers.isPresent() ? vault.hash(customer(who)) : null,
      Masked.of(who.from()),
      Masked.of(who.to())
    };
  }

  Object[] numbersAndKey(Vault vault) {
    Step.Numbers who = numbers.orElse(UNKNOWN);
    return new Object[] {
      who.outbound(),
      vault.hash(customer(who)),
      Masked.of(who.from()),
      Masked.of(who.to()),
      call.value()
    };
  }

  Object[] placeAndKey() {
    long at = changed.toEpochMilli();
    return new Object[] {
      place.stage().text(), place.reason(), callId(), agentId(), ended(), at, call.value(), at
    };
  }

  private static String customer(Step.Numbers who) {
    return who.outbound() ? who.to() : who.from();
  }

  private String callId() {
    return place.callId().map(CallId::value).orElse(null);
  }

  private String agentId() {
    return place.agentId().isEmpty() ? null : place.agentId();
  }

  private Long ended() {
    return place.stage() == PhoneCall.Stage.OVER ? changed.toEpochMilli() : null;
  }
}
