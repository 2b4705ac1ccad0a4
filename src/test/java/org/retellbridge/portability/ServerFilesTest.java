package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of all servers say, each in its own words. */
class ServerFilesTest {
  private static final Path FILES = Path.of("server-config");

  /** A proxy that keeps an idle connection for longer than the server sends a call into its end. */
  @ParameterizedTest
  @CsvSource({
    "glassfish/bridge.asadmin, .http-listener-1.http.timeout-seconds=75",
    "open-liberty/server.xml, persistTimeout=\"75s\"",
    "payara-micro/bridge.preboot, .http-listener.http.timeout-seconds=75",
    "payara-server/bridge.asadmin, .http-listener-1.http.timeout-seconds=75",
    "wildfly/bridge.cli, 'no-request-timeout,value=75000'"
  })
  void keepIdleConnectionsLongerThanProxiesDo(String file, String words) throws IOException {
    assertThat(read(file)).contains(words);
    assertThat(read("kubernetes/ingress.yaml")).contains("less than the 75 s");
    assertThat(read("nginx/bridge.conf")).contains("(75 s)", "keepalive_timeout 20s;");
  }

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
