package org.retellbridge.foundation.ledger;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;

/** What a failure of the database means, in words that hold no data. */
record Trouble(String reason, boolean passing, boolean ours) {
  private static final Set<String> PASSING = Set.of("40001", "40P01", "HYT00", "90131", "57014");

  private static final String READ_ONLY = "the database is read-only";

  /** What operating systems say: a full disk, a quota, a limit of the process. */
  private static final Set<String> FULL =
      Set.of("No space left", "Disk quota exceeded", "File too large");

  /** The name of this failure, for a log and for {@code /status}. */
  static Trouble of(Throwable thrown) {
    String told = null;
    SQLException sql = null;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof LedgerDown down) {
        return new Trouble(down.getMessage(), false, false);
      }
      if (cause instanceof SQLException found) {
        sql = found;
      }
      String message = String.valueOf(cause.getMessage());
      if (FULL.stream().anyMatch(message::contains)) {
        told = "the disk is full";
      }
      // PostgreSQL's driver, of a server that is a copy or takes no changes.
      if (message.contains("targetServerType")) {
        told = READ_ONLY + ", so it is no primary";
      }
    }
    if (told != null) {
      return new Trouble(told, false, false);
    }
    return sql == null
        ? new Trouble(thrown.getClass().getSimpleName(), false, true)
        : of(sql, String.valueOf(sql.getSQLState()));
  }

  /** Whether the database has a part in it; then its message may hold data. */
  static boolean ofDatabase(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof SQLException
                    || cause instanceof JdbiException
                    || cause instanceof LedgerDown);
  }

  /** Whether there was no memory, or no class: that says nothing against what was to be done. */
  static boolean ofMachine(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause instanceof VirtualMachineError || cause instanceof LinkageError);
  }

  /** Whether the connection on which it was heard takes no changes. */
  boolean readOnly() {
    return reason.equals(READ_ONLY);
  }

  private static Trouble of(SQLException sql, String state) {
    // Wrong data, a broken rule, wrong syntax: the database is fine, the statement is not.
    boolean ours = state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
    return new Trouble(words(sql, state), PASSING.contains(state), ours);
  }

  private static String words(SQLException sql, String state) {
    return switch (state) {
      case "90020" -> "the H2 file is locked by another process";
      case "90097", "25006" -> READ_ONLY;
      case "90030" -> "the H2 file is damaged (90030)";
      case "90048" -> "the H2 file was written by another version of H2 (90048)";
      case "28000", "28P01" -> "the database refuses the user or the password";
      case "3D000" -> "there is no such database";
      case "42501" -> "the database user may not do that there: it has to own the database (42501)";
      case "53100" -> "the disk is full";
      case "53300" -> "the database takes no more connections (53300)";
      case "57P01", "57P02" -> "the database ended the connection: it stops, or fails over";
      case "57P03" -> "the database is starting or stopping, or is no primary yet (57P03)";
      default ->
          state.startsWith("08") || state.equals("null")
              ? "no connection to the database"
              : "SQL state " + state + " (" + sql.getClass().getSimpleName() + ")";
    };
  }
}
