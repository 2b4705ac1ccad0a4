package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {
  private final OneAtATime work = new OneAtATime();
  private final List<String> told = new ArrayList<>();

  @Test
  void beginsNothingWhileItIsUnderWay() {
    CompletableFuture<String> slow = new CompletableFuture<>();
    CompletionStage<Void> first = work.run(() -> slow, told::add);
    CompletionStage<Void> second = run("second");
    assertThat(work.idle()).isFalse();
    assertThat(second).isSameAs(first).isNotCompleted();
    slow.complete("first");
    assertThat(second).isCompleted();
    assertThat(told).containsExactly("first");
  }

  @Test
  void mayBeBegunAgainByWhoeverIsTold() {
    work.run(() -> CompletableFuture.completedStage("first"), first -> run(first + ", second"));
    assertThat(told).containsExactly("first, second");
  }

  @Test
  void beginsAnewAfterWhatFailed() {
    assertThat(work.run(() -> CompletableFuture.<String>failedStage(new LedgerDown("")), told::add))
        .isCompleted();
    run("second");
    assertThat(told).containsExactly("second");
  }

  /** Such as a class that was not to be had; whoever waits for it meanwhile must not for ever. */
  @Test
  void beginsAnewAfterAnErrorBeforeItWasUnderWay() {
    List<CompletionStage<Void>> waiting = new ArrayList<>();
    assertThatThrownBy(
            () ->
                work.<String>run(
                    () -> {
                      waiting.add(run("meanwhile"));
                      throw new NoClassDefFoundError("com/acme/Missing");
                    },
                    told::add))
        .isInstanceOf(NoClassDefFoundError.class);
    assertThat(waiting.get(0)).isCompleted();
    assertThat(work.idle()).isTrue();
    run("second");
    assertThat(told).containsExactly("second");
  }

  private CompletionStage<Void> run(String text) {
    return work.run(() -> CompletableFuture.completedStage(text), told::add);
  }
}
