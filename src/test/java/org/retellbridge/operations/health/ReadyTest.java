package org.retellbridge.operations.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadyTest {

  @Test
  void isReadyWhenNothingWantsCallsToGoElsewhere() {
    assertThat(new Ready(() -> Stream.of()).draining()).isFalse();
    assertThat(new Ready(() -> Stream.of(() -> false)).draining()).isFalse();
  }

  @Test
  void isNotReadyWhileItIsDrained() {
    AtomicBoolean drained = new AtomicBoolean(true);
    Ready ready = new Ready(() -> Stream.of(() -> false, drained::get));

    assertThat(ready.draining()).isTrue();
    drained.set(false);
    assertThat(ready.draining()).isFalse();
  }
}
