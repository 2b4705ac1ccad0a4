package org.retellbridge.foundation.ledger;

import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.CallId;

/** Events that a vendor told us, each kept once; an unknown event is kept like any other. */
public final class VendorEvents {
  private static final int LONGEST_EVENT = 60;

  private final Database database;
  private final Clock clock;

  VendorEvents(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Keeps the event, durably before it completes. Fails with {@link LedgerDown}, so that the vendor
   * can be asked to repeat it.
   *
   * @param discriminator tells events of the same name in one call apart; empty text for those that
   *     come once
   * @param fields the fields that may be kept, for instance as JSON; encrypted at rest
   * @return whether it is new
   */
  public CompletionStage<Boolean> firstTime(
      String event, CallId call, String discriminator, String fields) {
    String name = event.length() > LONGEST_EVENT ? event.substring(0, LONGEST_EVENT) : event;
    String telling =
        discriminator.length() > Vault.KEY_BYTES * 2 ? Vault.digest(discriminator) : discriminator;
    return database.run(
        tables ->
            tables
                    .handle()
                    .execute(
                        "insert into vendor_events (event, call_id, discriminator, fields,"
                            + " received_at) values (?, ?, ?, ?, ?) on conflict do nothing",
                        name,
                        call.value(),
                        telling,
                        tables.vault().seal(fields, "event " + name + " " + call),
                        clock.millis())
                == 1);
  }

  /** Takes it back: what had to follow from it failed, so the vendor's repeat must count as new. */
  public CompletionStage<Void> forget(String event, CallId call, String discriminator) {
    String name = event.length() > LONGEST_EVENT ? event.substring(0, LONGEST_EVENT) : event;
    String telling =
        discriminator.length() > Vault.KEY_BYTES * 2 ? Vault.digest(discriminator) : discriminator;
    return database.run(
        tables -> {
          tables
              .handle()
              .execute(
                  "delete from vendor_events where event = ? and call_id = ? and discriminator = ?",
                  name,
                  call.value(),
                  telling);
          return null;
        });
  }
}
