package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroubleTest {

  /** What operators read of a PostgreSQL that fails over. */
  @ParameterizedTest
  @CsvSource({
    "53300, takes no more connections",
    "57P01, ended the connection",
    "57P02, ended the connection",
    "57P03, is starting or stopping",
    "08006, no connection to the database",
    "XX000, SQL state XX000 (SQLException)"
  })
  void saysWhatAStateMeans(String state, String words) {
    Trouble trouble = Trouble.of(new SQLException("holds data", state));

    assertThat(trouble.reason()).contains(words).doesNotContain("holds data");
    assertThat(trouble.passing()).isFalse();
    assertThat(trouble.ours()).isFalse();
  }

  /** Each server's pool puts words of its own around it. */
  @Test
  void saysThatTheDriverFoundNoPrimary() {
    SQLException driver =
        new SQLException(
            "Could not find a server with specified targetServerType: primary", "08001");

    assertThat(Trouble.of(new SQLException("Error in allocating a connection", driver)).reason())
        .isEqualTo("the database is read-only, so it is no primary");
    assertThat(Trouble.of(new SQLException("Cause: " + driver.getMessage())).reason())
        .isEqualTo("the database is read-only, so it is no primary");
  }

  /** From PostgreSQL 15 on whoever does not own a database makes no table in it. */
  @Test
  void saysThatTheUserMayNotMakeTheTables() {
    Trouble trouble = Trouble.of(new SQLException("holds data", "42501"));

    assertThat(trouble.reason()).contains("own the database").doesNotContain("holds data");
    assertThat(trouble.passing()).isFalse();
  }
}
