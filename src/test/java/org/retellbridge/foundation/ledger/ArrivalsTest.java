package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.telephony.CallSid;

class ArrivalsTest {
  private long now = Long.MAX_VALUE - 5;
  private final Arrivals arrivals = new Arrivals(() -> now);

  @Test
  void holdsAnArrivalUntilSomethingBecameOfTheCall() {
    Step first = arrival(1);
    assertThat(arrivals.take(first)).isTrue();
    assertThat(arrivals.take(arrival(1))).as("Twilio asked again").isFalse();
    assertThat(arrivals.take(arrival(2))).isTrue();
    assertThat(arrivals.give(first.call())).containsSame(first);
    assertThat(arrivals.give(first.call())).isEmpty();
    assertThat(arrivals.none()).isFalse();
  }

  @Test
  void letsGoWhatWaitedForASecond() {
    Step first = arrival(1);
    arrivals.take(first);
    assertThat(due()).isEmpty();
    now += Duration.ofMillis(600).toNanos();
    Step second = arrival(2);
    arrivals.take(second);
    now += Duration.ofMillis(600).toNanos();
    assertThat(due()).containsExactly(first);
    assertThat(due()).isEmpty();
    assertThat(arrivals.give(second.call())).containsSame(second);
    assertThat(arrivals.none()).isTrue();
  }

  @Test
  void letsAllGoAtTheEnd() {
    List<Step> steps = List.of(arrival(1), arrival(2), arrival(3));
    steps.forEach(arrivals::take);
    List<Step> gone = new ArrayList<>();
    arrivals.all(gone::add);
    assertThat(gone).containsExactlyInAnyOrderElementsOf(steps);
    assertThat(arrivals.none()).isTrue();
  }

  private List<Step> due() {
    List<Step> steps = new ArrayList<>();
    arrivals.due(steps::add);
    return steps;
  }

  private static Step arrival(int number) {
    return new Step(
        number,
        new CallSid("CA%032d".formatted(number)),
        "webhook",
        Map.of(),
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        Optional.of(Step.Place.of(PhoneCall.Stage.ARRIVED, "")));
  }
}
