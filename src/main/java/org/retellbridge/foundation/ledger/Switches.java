package org.retellbridge.foundation.ledger;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What operators turn while calls run; every node sees a change within seconds. */
public final class Switches {
  private final Database database;
  private final Clock clock;
  private volatile Map<String, String> known = Map.of();
  private volatile long turned;

  Switches(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** From memory; what was known last while the ledger is down. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /**
   * Changes all or none. Fails with {@link LedgerDown}; after a wait that was given up it is not
   * certain which.
   *
   * @param values the new value of each switch, at most 1,000 characters; empty to forget it. Names
   *     have at most 60 characters
   */
  public CompletionStage<Void> change(Map<String, Optional<String>> values) {
    return database
        .run(
            tables -> {
              values.forEach(
                  (name, value) -> {
                    if (value.isPresent()) {
                      set(tables, name, value.get());
                    } else {
                      tables.handle().execute("delete from switches where name = ?", name);
                    }
                  });
              return read(tables);
            })
        .thenAccept(this::turn);
  }

  private synchronized void turn(Map<String, String> all) {
    turned++;
    known = all;
  }

  private void set(Tables tables, String name, String value) {
    tables
        .handle()
        .execute(
            "insert into switches (name, setting, changed_at) values (?, ?, ?) on conflict do"
                + " nothing",
            name,
            value,
            clock.millis());
    tables
        .handle()
        .execute(
            "update switches set setting = ?, changed_at = ? where name = ?",
            value,
            clock.millis(),
            name);
  }

  /**
   * Called at each beat. What was turned here while it read is newer than what it has read: whoever
   * turned it was told so, and must not see it turned back until the next beat.
   */
  void refresh(Tables tables) {
    long before = turned;
    see(before, read(tables));
  }

  private synchronized void see(long before, Map<String, String> all) {
    if (turned == before) {
      known = all;
    }
  }

  private static Map<String, String> read(Tables tables) {
    return tables
        .handle()
        .createQuery("select name, setting from switches")
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
