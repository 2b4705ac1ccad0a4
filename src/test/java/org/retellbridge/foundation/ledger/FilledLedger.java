package org.retellbridge.foundation.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.retellbridge.foundation.telephony.CallSid;

/** A ledger with many calls of the hours before now. */
public final class FilledLedger {
  /** The caller of one of the calls, who can be searched for. */
  public static final String CALLER = "+61491570123";

  /** The caller of 51 calls. */
  public static final String REGULAR = "+61491570158";

  /** 1,000 calls an hour. */
  private static final Duration BETWEEN = Duration.ofMillis(3_600);

  /** The ledger gives up what takes longer than five seconds. */
  private static final int AT_ONCE = 500;

  /** One call in 20 fell back, one in 7 of the others was handed over. */
  private static final List<String> ROWS =
      List.of(
          "insert into phone_calls (id, call_sid_key, call_id_key, outbound, course, noted_at,"
              + " call_sid, call_id, agent_id, from_masked, to_masked, stage, reason, changed_at,"
              + " ended_at) select (:first + x * :between) * 1048576 + x, "
              + Dialect.H2.digest("'CA' || lpad(x, 32, '0')")
              + ", "
              + Dialect.H2.digest("'call_' || x")
              + ", false, (:first + x * :between) * 1048576 || CHAR(9) || 'webhook' || CHAR(9) ||"
              + " '-1' || CHAR(10) || ((:first + x * :between + 9000) * 1048576 + 1) || CHAR(9) ||"
              + " 'agent' || CHAR(9) || '300' || CHAR(9) || 'agent=agent_1' || CHAR(10), :first + x"
              + " * :between + 60000, 'CA' || lpad(x, 32, '0'), 'call_' || x,"
              + " 'agent_00000000000000000000000twin', '…' || lpad(mod(x, 100), 2, '0'), '…00',"
              + " case when mod(x, 7) = 0 and mod(x, 20) <> 0 then 'person' else 'over' end, case"
              + " when mod(x, 20) = 0 then 'retell_busy' when mod(x, 7) = 0 then 'handed_over' else"
              + " 'completed' end, :first + x * :between + 60000, case when mod(x, 7) = 0 and"
              + " mod(x, 20) <> 0 then null else :first + x * :between + 61000 + mod(x, 50) * 1700"
              + " end from system_range(:from, :to) r(x)",
          "insert into calls (call_id, call_sid, agent_id, state, reason, started_at, ended_at)"
              + " select 'call_' || x, 'CA' || lpad(x, 32, '0'), 'agent_1', 'ended', 'user_hangup',"
              + " :first + x * :between, :first + x * :between + 60000 from system_range(:from,"
              + " :to) r(x) where mod(x, 20) <> 0",
          "insert into invocations (id, invocation_key, name, call_id, call_id_key, outcome,"
              + " duration_ms, answer_size) select (:first + (x / 3) * :between + mod(x, 3) * 8000)"
              + " * 1048576 + x, 'key_' || x, '/add_event place_order', 'call_' || (x / 3), "
              + Dialect.H2.digest("'call_' || (x / 3)")
              + ", 'done', 90, 40 from system_range(:from * 3, :to * 3 + 2) r(x)");

  /** Filling takes a while, copying does not. */
  private static final Map<Integer, Path> MADE = new HashMap<>();

  private FilledLedger() {}

  /**
   * Puts a filled one into a data folder, for a server to open.
   *
   * @param calls how many; the last one a few minutes ago
   */
  public static synchronized void in(Path folder, int calls) {
    Path made =
        MADE.computeIfAbsent(
            calls, count -> filled(folder.resolveSibling("filled-" + count), count));
    try {
      Files.createDirectories(folder);
      for (String file : List.of("ledger.mv.db", "data.key")) {
        Files.copy(made.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path filled(Path folder, int calls) {
    empty(folder);
    Instant end = Instant.now().minus(Duration.ofMinutes(5));
    try (Books books = Books.open(Books.h2(folder))) {
      Instant first = end.minus(BETWEEN.multipliedBy(calls));
      for (int from = 1; from <= calls; from += AT_ONCE) {
        fill(books, first, from, Math.min(calls, from + AT_ONCE - 1));
      }
      IntStream.rangeClosed(1, 51).forEach(i -> came(books, calls + i, REGULAR));
      came(books, calls, CALLER);
    }
    return folder;
  }

  private static void came(Books books, int call, String caller) {
    CallSid sid = new CallSid("CA%032d".formatted(call));
    books.ledger.journal.arrived(sid, false, caller, "+61255500000");
    books.ledger.journal.ended(sid, "0", "completed");
  }

  private static void empty(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("ledger.mv.db"));
      Files.deleteIfExists(folder.resolve("data.key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Books books, Instant first, int from, int to) {
    for (String rows : ROWS) {
      Books.get(
          books.ledger.database.run(
              tables ->
                  tables
                      .handle()
                      .createUpdate(rows)
                      .bind("from", from)
                      .bind("to", to)
                      .bind("between", BETWEEN.toMillis())
                      .bind("first", first.toEpochMilli())
                      .execute()));
    }
  }
}
