package org.retellbridge.partner.retell.functions;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.Caller;

/**
 * Where an invocation came from, beside its body.
 *
 * @param query the decoded query of the tool's URL
 * @param signature what only repeats of the request share: the mark of the vendor that signed it
 * @param base this bridge's own address, as whoever invoked it knows it
 * @param retells whether Retell signed it; another vendor's fields are its own words, not a model's
 * @param token another vendor's mark of a request and its repeats, if it has one
 * @param callField the argument in which that vendor itself names the live call, if it does
 */
record Origin(
    Map<String, String> query,
    String signature,
    String base,
    boolean retells,
    Optional<String> token,
    Optional<String> callField) {
  private static final String CALL_ID = "call_id";
  private static final String DELAY = "delay";
  private static final Set<String> ASIDE = Set.of(CALL_ID, DELAY);

  Optional<String> inQuery(String name) {
    return Optional.ofNullable(query.get(name))
        .filter(value -> !value.isBlank() && !Caller.isPlaceholder(value));
  }

  /** The call that {@code ?call_id={{call_id}}} names. */
  Optional<CallId> call() {
    return inQuery(CALL_ID).flatMap(CallId::parse);
  }

  /**
   * What the tool's URL adds to the arguments, in one spelling: two tools at one path, say for two
   * sorts of tasks, are not each other's repeats. Which call it is and how long to wait say nothing
   * of what is done.
   */
  String purpose() {
    return query.entrySet().stream()
        .filter(value -> !ASIDE.contains(value.getKey()))
        .map(value -> value.getKey() + "=" + value.getValue())
        .sorted()
        .collect(Collectors.joining("&"));
  }

  Duration allowedDelay() {
    return inQuery(DELAY).map(Origin::delay).orElse(Duration.ZERO);
  }

  /** As the original: what cannot be parsed is 0. */
  private static Duration delay(String text) {
    String digits = text.strip().replaceFirst("^([0-9]{1,9}).*$", "$1");
    return digits.matches("[0-9]{1,9}")
        ? Duration.ofMillis(Math.min(60_000, Long.parseLong(digits)))
        : Duration.ZERO;
  }
}
