package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReplyTest {
  /** Who looks for the reason of a 503 would look at the database. */
  @Test
  void blamesNotTheLedgerForAFaultOfTheBridge() {
    assertThat(
            Reply.to(CompletableFuture.failedStage(new IllegalStateException("a fault")))
                .toCompletableFuture())
        .isCompletedExceptionally();
  }
}
