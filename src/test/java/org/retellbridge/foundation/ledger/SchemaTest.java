package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of an earlier version keeps what it has. */
class SchemaTest {
  private static final Instant AT = Instant.parse("2026-11-01T09:00:00.123Z");

  @TempDir private static Path folder;

  @Test
  void takesTheStepsOfAnEarlierVersionAlong() {
    try (HikariDataSource file = (HikariDataSource) new Place.File(folder, "").open()) {
      Schema.scripts(file).target("3").load().migrate();
      Jdbi.create(file).useHandle(handle -> List.of("webhook", "agent").forEach(add(handle)));
      Schema.migrate(file);
      List<String> steps =
          Jdbi.create(file)
              .withHandle(
                  handle ->
                      handle
                          .createQuery("select name, id from call_steps order by id")
                          .map(
                              (row, context) ->
                                  row.getString(1)
                                      + " "
                                      + Instant.ofEpochMilli(StepId.millis(row.getLong(2))))
                          .list());
      assertThat(steps).containsExactly("webhook " + AT, "agent " + AT);
    }
  }

  private static Consumer<String> add(Handle handle) {
    return name ->
        handle.execute(
            "insert into steps (call_key, name, facts, duration_ms, happened_at) values ('CA1', ?,"
                + " 'agent=a', 7, ?)",
            name,
            AT.toEpochMilli());
  }
}
