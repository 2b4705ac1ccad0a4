package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.Logged;

/** Two companies on one machine, of which one was set up from the other one's files. */
class OtherAccountTest {
  private static final Optional<String> OURS = Optional.of("AC" + "1".repeat(32));
  private static final Optional<String> THEIRS = Optional.of("AC" + "2".repeat(32));

  @TempDir private Path folder;

  @Test
  void tellsBothOfTwoThatShareALedger() {
    Place place = new DatabaseAt(PostgresServer.database());
    try (Logged log = Logged.by(OtherAccount.class);
        Books ours = Books.open(with(place, OURS))) {
      ours.ledger.database.look();
      assertThat(ours.ledger.account.sentence()).isEmpty();
      try (Books theirs = Books.open(with(place, THEIRS))) {
        assertThat(theirs.ledger.account.sentence().orElseThrow())
            .startsWith("ACCOUNT_SID: the ledger was last used with another one.");
        ours.ledger.database.look();
        ours.ledger.database.look();
        assertThat(ours.ledger.account.sentence().orElseThrow())
            .startsWith("ACCOUNT_SID: a bridge with another one uses the same ledger");
      }
      assertThat(log.lines())
          .as("once each")
          .hasSize(2)
          .allMatch(line -> line.startsWith("WARNING ACCOUNT_SID: "))
          .noneMatch(line -> line.contains(OURS.get()) || line.contains(THEIRS.get()));
    }
  }

  /** Whoever changes it is warned once and not locked out. */
  @Test
  void forgetsAnAccountThatWasChanged() {
    Place place = new Place.File(folder, "");
    Books.open(with(place, OURS)).close();
    try (Books books = Books.open(with(place, THEIRS))) {
      books.ledger.database.look();
      assertThat(books.ledger.account.sentence()).isPresent();
    }
    try (Books books = Books.open(with(place, THEIRS))) {
      books.ledger.database.look();
      assertThat(books.ledger.account.sentence()).isEmpty();
    }
  }

  @Test
  void knowsNothingOfAnAccountThatIsNotSet() {
    Place place = new Place.File(folder, "");
    Books.open(with(place, OURS)).close();
    Books.open(with(place, Optional.empty())).close();
    try (Books books = Books.open(with(place, OURS))) {
      assertThat(books.ledger.account.sentence()).isEmpty();
    }
  }

  private LedgerConfig with(Place place, Optional<String> account) {
    LedgerConfig config = Books.config(place, folder, Clock.systemUTC());
    return new LedgerConfig(
        place,
        config.key(),
        account,
        config.retention(),
        config.lease(),
        config.patience(),
        config.giveUp(),
        config.clock());
  }
}
