package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.ledger.Allowance.Reservation;

/** The same on PostgreSQL, and what only many nodes can show. */
class OnceOnPostgresTest extends OnceContract {
  private final String url = PostgresServer.database();

  @Override
  Place place() {
    return new DatabaseAt(url);
  }

  @Test
  void runsOnceOnTwoNodes() {
    try (Books other = Books.open(config())) {
      List<CompletionStage<String>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(books.ledger.once.run(effect("tool_" + i), done()));
        answers.add(other.ledger.once.run(effect("tool_" + i), done()));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(Books.get(answers.get(2 * i))).isEqualTo(Books.get(answers.get(2 * i + 1)));
      }
      assertThat(runs).hasValue(100);
    }
  }

  @Test
  void waitsForTheOtherNodesWork() {
    try (Books other = Books.open(config())) {
      CompletableFuture<Outcome> slow = new CompletableFuture<>();
      var first =
          books.ledger.once.run(
              effect("tool_1"),
              () -> {
                runs.incrementAndGet();
                return slow;
              });
      Await.until("the first works", () -> runs.get() == 1);
      var second = other.ledger.once.run(effect("tool_1"), done());
      slow.complete(new Outcome.Done("the answer"));
      assertThat(Books.get(first)).isEqualTo("the answer");
      assertThat(Books.get(second)).isEqualTo("the answer");
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void runsWhatIsHarmlessTwiceWhenTheOtherNodeDoesNotKnow() {
    try (Books other = Books.open(config())) {
      CompletableFuture<Outcome> slow = new CompletableFuture<>();
      var first =
          books.ledger.once.run(
              move("tool_1"),
              () -> {
                runs.incrementAndGet();
                return slow;
              });
      Await.until("the first works", () -> runs.get() == 1);
      var second = other.ledger.once.run(move("tool_2"), done());
      slow.complete(new Outcome.Unknown("cut"));
      assertThat(Books.get(first)).isEqualTo("cut");
      assertThat(Books.get(second)).isEqualTo("answer 2");
    }
  }

  @Test
  void doesNotWaitForEver() {
    try (Books other = Books.open(config())) {
      books.ledger.once.run(
          effect("tool_1"),
          () -> {
            runs.incrementAndGet();
            return new CompletableFuture<>();
          });
      Await.until("the first works", () -> runs.get() == 1);
      var second = other.ledger.once.run(effect("tool_1"), done()).toCompletableFuture();
      Await.until(
          "the second gave up",
          () -> {
            watch.forward(Duration.ofMillis(100));
            return second.isDone();
          });
      assertThat(Books.get(second)).isEqualTo("unconfirmed");
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void takesOverFromADeadNodeOnlyWhatTheVendorRecognises() {
    EffectId idempotent = TestEffects.of(CALL, "/save", InvocationKey.toolCall("tool_2"), SAVE);
    List<String> begun = new java.util.concurrent.CopyOnWriteArrayList<>();
    try (Books dying = Books.open(config())) {
      for (EffectId effect : List.of(effect("tool_1"), idempotent)) {
        dying.ledger.once.run(
            effect,
            () -> {
              begun.add(effect.function());
              return new CompletableFuture<>();
            });
      }
      Await.until("both began", () -> begun.size() == 2);
    }
    watch.forward(Duration.ofSeconds(31));
    assertThat(run(idempotent, done())).isEqualTo("answer 1");
    assertThat(run(effect("tool_1"), done())).isEqualTo("unconfirmed");
  }

  @Test
  void refusesANodeWithAnotherKey(@org.junit.jupiter.api.io.TempDir java.nio.file.Path elsewhere) {
    try (Books other = Books.start(Books.config(place(), elsewhere, watch))) {
      Await.until(
          "it says why",
          () -> other.ledger.state().down().orElse("").contains("BRIDGE_DATA_KEY is not the key"));
    }
  }

  @Test
  void countsPlacesForAllNodes() {
    try (Books other = Books.open(config())) {
      List<CompletionStage<Optional<Reservation>>> wishes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        wishes.add(books.ledger.allowance.reserve(CALL, "sms", 5));
        wishes.add(other.ledger.allowance.reserve(CALL, "sms", 5));
      }
      assertThat(wishes.stream().filter(wish -> Books.get(wish).isPresent()).count()).isEqualTo(5);
    }
  }

  @Test
  void showsSwitchesToAllNodes() {
    try (Books other = Books.open(config())) {
      Books.get(books.ledger.switches.change(Map.of("AI_SHARE", Optional.of("50"))));
      assertThat(books.ledger.switches.get("AI_SHARE")).hasValue("50");
      Await.until(
          "the other node sees it",
          () -> other.ledger.switches.get("AI_SHARE").equals(Optional.of("50")));
      Books.get(other.ledger.switches.change(Map.of("AI_SHARE", Optional.empty())));
      Await.until("the first node forgets", () -> books.ledger.switches.get("AI_SHARE").isEmpty());
    }
  }
}
