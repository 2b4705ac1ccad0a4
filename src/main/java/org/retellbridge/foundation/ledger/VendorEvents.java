package org.retellbridge.foundation.ledger;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.CallId;

/** Events that a vendor told us, each kept once; an unknown event is kept like any other. */
public final class VendorEvents {
  private static final int LONGEST_EVENT = 60;

  private final Database database;
  private final Calls calls;
  private final Clock clock;

  VendorEvents(Database database, Calls calls, Clock clock) {
    this.database = database;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Keeps the event and what it tells of its call, durably before it completes. Fails with {@link
   * LedgerDown}, so that the vendor can be asked to repeat it.
   *
   * @param discriminator tells events of the same name in one call apart; empty text for those that
   *     come once
   * @param fields the fields that may be kept, for instance as JSON; encrypted at rest
   * @param news what it tells of its call; empty when the call goes on
   * @return whether it is new
   */
  public CompletionStage<Boolean> firstTime(
      String event, CallId call, String discriminator, String fields, Optional<CallNews> news) {
    news.ifPresent(told -> calls.told(call, told));
    return database.run(
        tables -> {
          boolean first = insert(tables, event, call, discriminator, fields);
          news.ifPresent(told -> CallRows.told(tables, call, calls.sidOf(call), told));
          return first;
        });
  }

  private boolean insert(
      Tables tables, String event, CallId call, String discriminator, String fields) {
    String name = PlainText.of(event, LONGEST_EVENT);
    String telling =
        discriminator.length() > Vault.KEY_BYTES * 2 ? Vault.digest(discriminator) : discriminator;
    return tables
            .handle()
            .execute(
                "insert into vendor_events (event, call_id, discriminator, fields, received_at)"
                    + " values (?, ?, ?, ?, ?) on conflict do nothing",
                name,
                call.value(),
                telling,
                tables.vault().seal(fields, "event " + name + " " + call),
                clock.millis())
        == 1;
  }
}
