package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What operators turn while calls run; every node sees a change within seconds. */
public final class Switches {
  private static final System.Logger LOGGER = System.getLogger(Switches.class.getName());

  private final Database database;
  private final Clock clock;
  private volatile Map<String, String> known = Map.of();
  private volatile boolean read;
  private volatile Optional<Map<String, String>> found = Optional.empty();
  private volatile long turned;

  Switches(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** From memory; what was known last while the ledger is down. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /** Whether {@link #get} knows: until the ledger was read once, nothing seems to be turned. */
  public boolean read() {
    return read;
  }

  /** How they stood when this process began; empty when the ledger was not to be read then. */
  public Optional<Map<String, String>> found() {
    return found;
  }

  /** Called when the first look at the database is over: nobody else would say so. */
  void tellUnread() {
    if (!read) {
      LOGGER.log(
          WARNING,
          "The ledger was not read at the start: whatever operators switched, the settings hold"
              + " until it is");
    }
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
    read = true;
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
    Map<String, String> all = read(tables);
    if (!database.looked()) {
      found = Optional.of(all);
    }
    see(before, all);
  }

  private synchronized void see(long before, Map<String, String> all) {
    if (turned == before) {
      known = all;
    }
    read = true;
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
