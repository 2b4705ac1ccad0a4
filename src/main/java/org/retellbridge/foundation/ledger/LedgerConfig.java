package org.retellbridge.foundation.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What a ledger needs to know.
 *
 * @param place where it is kept
 * @param key seals personal data
 * @param account the SID of the Twilio account whose calls these are
 * @param retention how long anything is kept
 * @param lease after which a silent process is held for dead
 * @param patience how long a repeat waits for another node's work
 * @param giveUp after which a parcel becomes a dead letter
 */
record LedgerConfig(
    Place place,
    DataKey key,
    Optional<String> account,
    Duration retention,
    Duration lease,
    Duration patience,
    Duration giveUp,
    Clock clock) {

  static LedgerConfig of(
      Place place,
      Optional<String> key,
      Optional<String> account,
      Path folder,
      Duration retention) {
    return new LedgerConfig(
        place,
        new DataKey(key, folder, place instanceof Place.Server),
        account,
        retention,
        Lease.USUAL,
        // A transfer may be asked to wait for a minute before it begins.
        Duration.ofSeconds(75),
        Duration.ofHours(24),
        Clock.systemUTC());
  }
}
