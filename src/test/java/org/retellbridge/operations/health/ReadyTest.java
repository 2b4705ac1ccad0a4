package org.retellbridge.operations.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReadyTest {

  @Test
  void isReadyWhenNothingWantsCallsToGoElsewhere() {
    assertThat(new Ready(List.of()).draining()).isFalse();
    assertThat(new Ready(List.of(() -> false)).draining()).isFalse();
  }

  @Test
  void isNotReadyWhileItIsDrained() {
    AtomicBoolean drained = new AtomicBoolean(true);
    Ready ready = new Ready(List.of(() -> false, drained::get));

    assertThat(ready.draining()).isTrue();
    drained.set(false);
    assertThat(ready.draining()).isFalse();
  }
}
