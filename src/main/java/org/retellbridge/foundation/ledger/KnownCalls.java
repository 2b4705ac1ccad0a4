package org.retellbridge.foundation.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Under which key the row of a call stands: that of its CallSid, in the partition in which it was
 * written. Almost every call that arrives is new, and is written without a look into each of them.
 */
sealed interface KnownCalls {

  /** Reads some of the rows that are there; called every few seconds, first when it is opened. */
  void readOn(Handle handle);

  /**
   * Whether to look for its row before one is written. Where it is not worth that, there is none,
   * or whoever writes one meets the row that is there.
   */
  boolean worthALook(UUID key);

  /** The key of its row, if there may be one. */
  Optional<UUID> find(Tables tables, UUID key);

  /** A row was written, unless its transaction fails. */
  void written(UUID key, UUID place);

  /** Where other nodes write too, only the database knows; it has no partitions. */
  record InDatabase() implements KnownCalls {
    @Override
    public void readOn(Handle handle) {}

    @Override
    public boolean worthALook(UUID key) {
      return false;
    }

    @Override
    public Optional<UUID> find(Tables tables, UUID key) {
      return Optional.of(key);
    }

    @Override
    public void written(UUID key, UUID place) {}
  }

  /** Of a database that this process has for itself. */
  final class InMemory implements KnownCalls {
    private static final int NEWEST = 20_000;

    /** A quarter of a second. */
    private static final int AT_ONCE = 50_000;

    private static final UUID FIRST = new UUID(0, 0);

    private final int atOnce;
    private final KeyFilter seen = new KeyFilter();
    private final Map<UUID, UUID> newest = new Newest();

    /** The last key that was read, and whether it was the last one of all. */
    private UUID last = FIRST;

    private volatile boolean complete;

    InMemory() {
      this(AT_ONCE);
    }

    /**
     * @param atOnce how many keys it reads each time
     */
    InMemory(int atOnce) {
      this.atOnce = atOnce;
    }

    @Override
    public void readOn(Handle handle) {
      if (complete) {
        return;
      }
      List<UUID> some =
          handle
              .createQuery(
                  "select call_sid_key from phone_calls where call_sid_key > ? order by"
                      + " call_sid_key limit ?")
              .bind(0, last)
              .bind(1, atOnce)
              .mapTo(UUID.class)
              .list();
      some.forEach(seen::add);
      if (some.size() == atOnce) {
        last = some.get(atOnce - 1);
      } else {
        complete = true;
      }
    }

    @Override
    public boolean worthALook(UUID key) {
      return !complete || seen.maybe(key);
    }

    @Override
    public Optional<UUID> find(Tables tables, UUID key) {
      if (!worthALook(key)) {
        return Optional.empty();
      }
      UUID place;
      synchronized (newest) {
        place = newest.get(key);
      }
      return place != null ? Optional.of(place) : look(tables, key);
    }

    private Optional<UUID> look(Tables tables, UUID key) {
      Optional<UUID> found =
          tables
              .handle()
              .createQuery("select call_sid_key from phone_calls where call_sid_key = any(:keys)")
              .bind("keys", tables.partitions().all(tables, key))
              .mapTo(UUID.class)
              .findFirst();
      found.ifPresent(place -> written(key, place));
      return found;
    }

    @Override
    public void written(UUID key, UUID place) {
      seen.add(key);
      synchronized (newest) {
        newest.put(key, place);
      }
    }

    private static final class Newest extends LinkedHashMap<UUID, UUID> {
      private static final long serialVersionUID = 1;

      Newest() {
        super(16, 0.75f, true);
      }

      @Override
      protected boolean removeEldestEntry(Map.Entry<UUID, UUID> eldest) {
        return size() > NEWEST;
      }
    }
  }
}
