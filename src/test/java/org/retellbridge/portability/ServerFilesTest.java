package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of all servers say, each in its own words. */
class ServerFilesTest {
  private static final Path FILES = Path.of("server-config");

  /** One to a copy lives, and the pool would keep it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "glassfish/postgresql.asadmin",
        "open-liberty/postgresql.xml",
        "payara-micro/postgresql.preboot",
        "payara-server/postgresql.asadmin",
        "wildfly/postgresql.cli"
      })
  void takeConnectionsToAPrimaryOnly(String file) throws IOException {
    assertThat(read(file)).containsPattern("targetServerType=\"?primary[ \"]");
  }

  private static String read(String file) throws IOException {
    return Files.readString(FILES.resolve(file));
  }
}
