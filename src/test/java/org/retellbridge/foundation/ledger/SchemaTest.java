package org.retellbridge.foundation.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.telephony.CallId;

/** A ledger of an earlier version keeps what it has. */
class SchemaTest {
  private static final Instant AT = Instant.parse("2026-11-01T09:00:00.123Z");
  private static final Vault VAULT = new Vault(new byte[Vault.KEY_BYTES]);
  private static final String SID = "CA" + "1".repeat(32);
  private static final String NUMBER = "+61491570006";

  @TempDir private static Path folder;

  private record Kind(Dialect dialect, Place place) {
    @Override
    public String toString() {
      return dialect.name();
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(Dialect.H2, new Place.File(folder.resolve(UUID.randomUUID().toString()), "")),
        new Kind(Dialect.POSTGRESQL, new DatabaseAt(PostgresServer.database())));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesTheStepsOfAnEarlierVersionAlong(Kind kind) {
    try (HikariDataSource source = (HikariDataSource) kind.place().open()) {
      before(source, kind, "3");
      Jdbi jdbi = Jdbi.create(source);
      jdbi.useHandle(
          handle -> {
            handle.execute(
                "insert into phone_calls (call_key, stage, started_at, changed_at) values (?,"
                    + " 'over', 1, 2)",
                SID);
            List.of("webhook", "agent").forEach(add(handle));
          });
      Schema.migrate(source, kind.dialect());
      String course =
          jdbi.withHandle(
              handle ->
                  handle.createQuery("select course from phone_calls").mapTo(String.class).one());
      assertThat(Step.read(course))
          .containsExactly(
              new Moment(AT, Moment.Kind.STEP, "webhook", Optional.empty(), Map.of("agent", "a")),
              new Moment(AT, Moment.Kind.STEP, "agent", Optional.empty(), Map.of("agent", "a")));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void findsTheCallsOfAnEarlierVersion(Kind kind) {
    try (HikariDataSource source = (HikariDataSource) kind.place().open()) {
      before(source, kind, "4");
      Jdbi jdbi = Jdbi.create(source);
      jdbi.useHandle(SchemaTest::callOfVersion4);
      Schema.migrate(source, kind.dialect());

      Tables tables =
          new Tables(
              jdbi.open(),
              VAULT,
              kind.dialect(),
              new Partitions(false),
              new KnownCalls.InDatabase());
      try (Handle handle = tables.handle()) {
        for (String name : List.of(SID, "call_1")) {
          PhoneCall call = HistoryRows.find(tables, name).orElseThrow();
          assertThat(call.key()).isEqualTo(SID);
          assertThat(call.started()).isEqualTo(AT);
          assertThat(call.stage()).isEqualTo(PhoneCall.Stage.PERSON);
        }
        assertThat(HistoryRows.byCaller(tables, NUMBER, 5))
            .extracting(PhoneCall::key)
            .containsExactly(SID);
        PhoneCall call = HistoryRows.newest(tables, History.After.NOTHING, 5).get(0);
        assertThat(MomentRows.of(tables, call))
            .extracting(moment -> moment.name() + " " + moment.at())
            .containsExactly("/send_sms " + AT.plusMillis(1), "/send_sms " + AT.plusMillis(2));
        CallRecord record = CallRows.byId(tables, new CallId("call_1")).orElseThrow();
        assertThat(record.from()).isEqualTo(NUMBER);
        assertThat(record.callSid().orElseThrow().value()).isEqualTo(SID);
      }
    }
  }

  private static void before(HikariDataSource source, Kind kind, String version) {
    Schema.scripts(source, kind.dialect()).target(version).load().migrate();
  }

  private static void callOfVersion4(Handle handle) {
    long at = AT.toEpochMilli();
    handle.execute(
        "insert into phone_calls (call_key, call_id, from_hash, stage, started_at, changed_at)"
            + " values (?, 'call_1', ?, 'person', ?, ?)",
        SID,
        VAULT.hash(NUMBER),
        at,
        at);
    handle.execute(
        "insert into calls (call_id, call_sid, state, from_number, started_at) values ('call_1',"
            + " ?, 'started', ?, ?)",
        SID,
        VAULT.seal(NUMBER, "from call_1"),
        at);
    for (int i = 1; i <= 2; i++) {
      handle.execute(
          "insert into invocations (invocation_key, name, call_id, outcome, duration_ms,"
              + " answer_size, happened_at) values (?, '/send_sms', 'call_1', 'done', -1, 3, ?)",
          "key_" + i,
          at + i);
    }
  }

  private static Consumer<String> add(Handle handle) {
    return name ->
        handle.execute(
            "insert into steps (call_key, name, facts, duration_ms, happened_at) values (?, ?,"
                + " 'agent=a', -1, ?)",
            SID,
            name,
            AT.toEpochMilli());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void countsTheOutboxOfAnEarlierVersion(Kind kind) throws SQLException {
    try (HikariDataSource source = (HikariDataSource) kind.place().open()) {
      before(source, kind, "6");
      Jdbi jdbi = Jdbi.create(source);
      Lease lease = Lease.of(Lease.USUAL, Clock.fixed(AT, ZoneOffset.UTC));
      jdbi.useHandle(
          handle -> {
            for (String state : List.of("dead", "dead", "waiting", "sending")) {
              handle.execute(
                  "insert into outbox (message_id, kind, customer_hash, payload, happened_at,"
                      + " accepted_at, give_up_at, state, attempts, next_attempt_at, lease_until)"
                      + " values (?, 'twin', 'mia', ?, 0, ?, 0, ?, 1, 0, 0)",
                  UUID.randomUUID().toString(),
                  new byte[9],
                  AT.minusSeconds(7).toEpochMilli(),
                  state);
            }
          });
      Schema.migrate(source, kind.dialect());

      try (Handle handle = jdbi.open()) {
        Tables tables =
            new Tables(
                handle, VAULT, kind.dialect(), new Partitions(false), new KnownCalls.InDatabase());
        assertThat(new OutboxGauge(null, lease, new Metrics()).read(tables))
            .isEqualTo(new OutboxFigures(2, 2, Duration.ofSeconds(7)));
        assertThat(new DeadLetterRows(lease, Duration.ofDays(1)).list(tables, 5)).hasSize(2);
        assertThat(indexes(handle)).contains("outbox_by_age");
      }
    }
  }

  /**
   * During a rolling update, and after a step back, an earlier version goes on with these tables.
   * What is none of this raises {@link Schema#LEAST}.
   */
  @Test
  void addsOnlyFromTheLeastThatMustBeKnownOn() throws IOException {
    Pattern adding =
        Pattern.compile(
            "(create table|create index|drop index) .*"
                + "|alter table \\w+ add column (?!.*not null(?!.*default)).*",
            Pattern.DOTALL);
    List<String> later = Schema.SCRIPTS.subList(Schema.LEAST, Schema.newest());
    for (String script : later) {
      try (InputStream text = Schema.class.getResourceAsStream(Schema.FOLDER + script)) {
        String statements = new String(text.readAllBytes(), UTF_8).replaceAll("(?m)^--.*$", "");
        assertThat(statements.split(";"))
            .as(script)
            .extracting(String::strip)
            .filteredOn(statement -> !statement.isEmpty())
            .allMatch(statement -> adding.matcher(statement).matches());
      }
    }
  }

  private static List<String> indexes(Handle handle) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        handle.getConnection().getMetaData().getIndexInfo(null, null, "outbox", false, true)) {
      while (rows.next()) {
        names.add(rows.getString("index_name"));
      }
    }
    return names;
  }
}
