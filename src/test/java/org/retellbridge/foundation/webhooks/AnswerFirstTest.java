package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.Logged;

class AnswerFirstTest {
  private final List<String> order = new ArrayList<>();
  private final CompletableFuture<String> source = new CompletableFuture<>();

  @Test
  void sendsWhatIsWaitedForBeforeTheRest() {
    CompletionStage<String> answer =
        AnswerFirst.then(
            source,
            value -> {
              order.add("measured " + value);
              return () -> order.add("written down");
            });
    // Several stages, as between a function and the answer's bytes.
    answer
        .thenApply(String::toUpperCase)
        .thenCompose(CompletableFuture::completedStage)
        .whenComplete((sent, thrown) -> order.add("sent " + sent));

    source.complete("yes");

    assertThat(order).containsExactly("measured yes", "sent YES", "written down");
  }

  @Test
  void asksNothingAboutAFailure() {
    CompletableFuture<String> answer =
        AnswerFirst.then(
                source,
                value -> {
                  order.add("asked");
                  return () -> order.add("written down");
                })
            .toCompletableFuture();

    source.completeExceptionally(new IllegalStateException("broken"));

    assertThat(answer).isCompletedExceptionally();
    assertThat(order).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void keepsTheAnswerAndTellsWhenTheRestFails(Runnable fault) {
    CompletionStage<String> answer = AnswerFirst.then(source, value -> fault);

    try (Logged logged = Logged.by(AnswerFirst.class)) {
      assertThat(source.complete("yes")).isTrue();

      assertThat(logged.lines())
          .filteredOn(line -> line.startsWith("SEVERE"))
          .singleElement()
          .asString()
          .startsWith("SEVERE What follows an answer failed\n")
          .doesNotContain("the rest");
    }
    assertThat(answer.toCompletableFuture()).isCompletedWithValue("yes");
  }

  static Stream<Runnable> faults() {
    return Stream.of(
        () -> {
          throw new IllegalStateException("the rest");
        },
        () -> {
          throw new NoClassDefFoundError("at the end of an undeployment");
        });
  }

  @Test
  void failsWhenTheRestCannotEvenBePrepared() {
    CompletionStage<String> answer =
        AnswerFirst.then(
            source,
            value -> {
              throw new IllegalStateException("not measured");
            });

    source.complete("yes");

    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
  }
}
