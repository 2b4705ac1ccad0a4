package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      Schema.scripts(file, Dialect.H2).target("3").load().migrate();
      Jdbi.create(file)
          .useHandle(
              handle -> {
                handle.execute(
                    "insert into phone_calls (call_key, stage, started_at, changed_at) values"
                        + " ('CA1', 'over', 1, 2)");
                List.of("webhook", "agent").forEach(add(handle));
              });
      Schema.migrate(file, Dialect.H2);
      String course =
          Jdbi.create(file)
              .withHandle(
                  handle ->
                      handle
                          .createQuery("select course from phone_calls")
                          .mapTo(String.class)
                          .one());
      assertThat(Step.read(course))
          .containsExactly(
              new Moment(AT, Moment.Kind.STEP, "webhook", Optional.empty(), Map.of("agent", "a")),
              new Moment(AT, Moment.Kind.STEP, "agent", Optional.empty(), Map.of("agent", "a")));
    }
  }

  private static Consumer<String> add(Handle handle) {
    return name ->
        handle.execute(
            "insert into steps (call_key, name, facts, duration_ms, happened_at) values ('CA1', ?,"
                + " 'agent=a', -1, ?)",
            name,
            AT.toEpochMilli());
  }
}
