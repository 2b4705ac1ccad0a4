package org.retellbridge.operations.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReadyTest {

  @Test
  void isNotReadyWhileItIsDrained() {
    AtomicBoolean drained = new AtomicBoolean(true);
    Ready ready = new Ready(drained::get);

    assertThat(ready.draining()).isTrue();
    drained.set(false);
    assertThat(ready.draining()).isFalse();
  }
}
