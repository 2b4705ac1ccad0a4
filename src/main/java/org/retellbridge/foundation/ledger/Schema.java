package org.retellbridge.foundation.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Brings the tables to this version. The scripts are named here because class path scanning is
 * different in every server's class loader.
 */
final class Schema {
  static final String FOLDER = "/db/ledger/";
  static final List<String> SCRIPTS =
      List.of(
          "V1__ledger.sql",
          "V2__direction.sql",
          "V3__journal.sql",
          "V4__lean_journal.sql",
          "V5__one_row_a_call.sql",
          "V6__key_partitions.sql",
          "V7__outbox_by_kind.sql",
          "V8__outbox_by_age.sql",
          "V9__outbox_by_call.sql");

  /**
   * How many of them a bridge must know to use the tables. Later ones only add, so that an earlier
   * version, of a rolling update or after a step back, goes on with them; one that does not raises
   * this to its own number.
   */
  static final int LEAST = 6;

  private Schema() {}

  /** The number of the newest script. */
  static int newest() {
    return SCRIPTS.size();
  }

  static void migrate(DataSource source, Dialect dialect) {
    scripts(source, dialect).load().migrate();
  }

  static FluentConfiguration scripts(DataSource source, Dialect dialect) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(source)
        .placeholders(RowKey.inScripts(dialect))
        .table("ledger_schema")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .locations(new String[0])
        .resourceProvider(new Scripts());
  }

  private static final class Scripts implements ResourceProvider {
    @Override
    public LoadableResource getResource(String name) {
      return SCRIPTS.contains(name) ? new Script(name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return SCRIPTS.stream()
          .filter(name -> name.startsWith(prefix))
          .<LoadableResource>map(Script::new)
          .toList();
    }
  }

  private static final class Script extends LoadableResource {
    private final String name;

    Script(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      return new InputStreamReader(
          Objects.requireNonNull(Schema.class.getResourceAsStream(FOLDER + name)), UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
