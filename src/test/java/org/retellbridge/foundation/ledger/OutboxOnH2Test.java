package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxOnH2Test extends OutboxContract {
  @Override
  Place place() {
    return new Place.File(folder, "");
  }

  @Test
  void deliversWhatADeadProcessHadClaimed() {
    twin.mood = parcel -> new CompletableFuture<>();
    books.ledger.outbox.accept(parcel("mia", "m1"));
    Await.until("on its way", () -> twin.attempts.size() == 1);
    twin.works();
    restart();
    awaitTaken("m1");
    assertThat(twin.attempts).hasSize(2);
  }
}
