package org.retellbridge.foundation.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Events that nobody keeps, for tests of those who hand them in. */
public final class TestEvents {
  private TestEvents() {}

  /** The ledger is closed, and refuses each. */
  public static VendorEvents refused() {
    Path nowhere = Path.of("nowhere");
    Database database =
        new Database(
            new Place.File(nowhere, ""),
            new DataKey(Optional.empty(), nowhere, true),
            Runnable::run,
            null);
    database.close();
    return new VendorEvents(database, TestCalls.unwritten(), Clock.systemUTC());
  }
}
