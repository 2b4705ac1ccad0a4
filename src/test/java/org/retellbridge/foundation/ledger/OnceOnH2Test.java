package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OnceOnH2Test extends OnceContract {
  @Override
  Place place() {
    return new Place.File(folder, "");
  }

  @Test
  void gaveUpWhatADeadProcessLeft() {
    books.ledger.once.run(effect("tool_1"), CompletableFuture::new);
    EffectId idempotent = TestEffects.of(CALL, "/save", InvocationKey.toolCall("tool_2"), SAVE);
    books.ledger.once.run(idempotent, CompletableFuture::new);
    Await.until("both are claimed", () -> running() == 2);
    restart();
    assertThat(run(effect("tool_1"), done())).isEqualTo("unconfirmed");
    assertThat(run(idempotent, done())).isEqualTo("answer 1");
  }

  private int running() {
    return Books.get(
        books.ledger.database.run(
            tables ->
                tables
                    .handle()
                    .createQuery("select count(*) from effects where state = 'running'")
                    .mapTo(Integer.class)
                    .one()));
  }
}
