package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server and which WAR {@code run.sh} starts; in place of Java something that says it. */
class StartScriptTest {
  private static final Path SCRIPT = Path.of("server-config/payara-micro/run.sh").toAbsolutePath();
  private static final String POOL = "create-jdbc-connection-pool ";
  private static final String OUTDATED = "run prepare.sh again";

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws Exception {
    Path java = folder.resolve("bin/java");
    write(
        "bin/java",
        "#!/bin/sh\necho \"$@\" threads=$REQUEST_THREADS.\ncat /dev/fd/3 2>/dev/null || true\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    write("bridge.war", "a WAR");
    write("payara-micro.jar", "a server");
    write("postgresql.jar", "a driver");
    write("server/launch-micro.jar", "unpacked");
    write("server/config.new/domain.xml", "as new");
    write("server/config/domain.xml", "as it was left");
    write("server/bridge.war", "a WAR without libraries");
    write("server/classes.aot", "classes");
    write("server/libraries/driver.jar", "a driver");
    write("server/server.cksum", checksum("payara-micro.jar"));
    write("server/bridge.cksum", checksum("bridge.war"));
  }

  @Test
  void givesTheServerAsManyRequestThreadsAsItIsTold() throws Exception {
    assertThat(run("REQUEST_THREADS", "120")).contains("threads=120.");
  }

  @ParameterizedTest
  @CsvSource({
    "1, max 100000, 16",
    "3, max 100000, 24",
    "4, max 100000, 32",
    "99, max 100000, 64",
    "32, 200000 100000, 16",
    "32, 350000 100000, 32",
    "2, 800000 100000, 16",
    "4, , 32"
  })
  void givesTheServerRequestThreadsByItsProcessors(int processors, String limit, int threads)
      throws Exception {
    Path nproc = folder.resolve("path/nproc");
    write("path/nproc", "#!/bin/sh\necho " + processors + "\n");
    Files.setPosixFilePermissions(nproc, PosixFilePermissions.fromString("rwx------"));
    if (limit != null) {
      write("cgroup/cpu.max", limit + "\n");
    }
    String path = folder.resolve("path") + ":" + System.getenv("PATH");

    assertThat(run("PATH", path, "CGROUP", folder + "/cgroup"))
        .contains("threads=" + threads + ".");
  }

  @Test
  void startsWhatWasPreparedAsNew() throws Exception {
    assertThat(run())
        .contains("-jar " + folder + "/server/launch-micro.jar")
        .contains("--deploy " + folder + "/server/bridge.war")
        .contains("-XX:AOTCache=" + folder + "/server/classes.aot")
        .doesNotContain(OUTDATED);
    assertThat(folder.resolve("server/config/domain.xml")).hasContent("as new");
  }

  @Test
  void leavesWhatWasPreparedForAnotherWar() throws Exception {
    write("bridge.war", "the next release");

    startsTheWarItself(run());
  }

  /** Its date says nothing: an update may carry its maker's, and there are ways back. */
  @Test
  void leavesWhatWasPreparedForAnotherServer() throws Exception {
    write("payara-micro.jar", "another release");
    Files.setLastModifiedTime(folder.resolve("payara-micro.jar"), FileTime.from(Instant.EPOCH));

    startsTheWarItself(run());
  }

  /** Payara does not start an unpacked server with {@code --addlibs}. */
  @Test
  void takesADriverThatWasPrepared() throws Exception {
    assertThat(run("POSTGRESQL_JAR", folder + "/postgresql.jar"))
        .contains("launch-micro.jar", POOL)
        .doesNotContain("--addlibs", OUTDATED);
  }

  @Test
  void leavesWhatWasPreparedWithAnotherDriver() throws Exception {
    write("postgresql.jar", "the next release");

    String said = run("POSTGRESQL_JAR", folder + "/postgresql.jar");

    startsTheWarItself(said);
    assertThat(said).contains(POOL, "--addlibs " + folder + "/postgresql.jar");
  }

  /**
   * As they are, however a password looks, the server takes variables in the first commands only.
   */
  @Test
  void definesThePoolWithTheFirstCommandsByNamesOnly() throws Exception {
    String said =
        run("POSTGRESQL_JAR", folder + "/postgresql.jar", "DB_PASSWORD", "no:ne\\ x=='\"$1");

    assertThat(said)
        .contains("--prebootcommandfile /dev/fd/3", "network-listener.http-listener.address=")
        .contains("password=${ENV=DB_PASSWORD}:", "\ncreate-jdbc-resource ")
        .doesNotContain("postboot", "no:ne");
    assertThat(run()).contains("/payara-micro/bridge.preboot").doesNotContain(POOL);
  }

  @Test
  void leavesWhatWasNotPreparedToTheEnd() throws Exception {
    Files.delete(folder.resolve("server/bridge.cksum"));

    startsTheWarItself(run());
  }

  @Test
  void startsWithoutAnythingPrepared() throws Exception {
    Files.delete(folder.resolve("server/launch-micro.jar"));

    assertThat(run())
        .contains("-jar " + folder + "/payara-micro.jar")
        .contains("--deploy " + folder + "/bridge.war")
        .doesNotContain(OUTDATED);
  }

  @Test
  void needsNoServerBesideThePreparedOne() throws Exception {
    Files.delete(folder.resolve("payara-micro.jar"));

    assertThat(run()).contains("launch-micro.jar").doesNotContain(OUTDATED, "No such file");
  }

  /** The other servers' files say the same, each in its own words. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "glassfish/bridge.asadmin",
        "open-liberty/jvm.options",
        "payara-server/bridge.asadmin",
        "wildfly/bridge.cli"
      })
  void keepsNoIdleConnectionThatANatMayHaveDropped(String others) throws Exception {
    assertThat(run()).contains("-Djdk.httpclient.keepalive.timeout=30 ");
    assertThat(Files.readString(Path.of("server-config").resolve(others)))
        .containsPattern("jdk\\.httpclient\\.keepalive\\.timeout(=|:add\\(value=)30\\b");
  }

  private void startsTheWarItself(String said) {
    assertThat(said)
        .contains(OUTDATED)
        .contains("-jar " + folder + "/payara-micro.jar")
        .contains("--deploy " + folder + "/bridge.war")
        .doesNotContain("AOTCache");
    assertThat(folder.resolve("server/config/domain.xml")).hasContent("as it was left");
  }

  private String run(String... more) throws Exception {
    ProcessBuilder script = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
    script
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME", folder.toString(),
                "BRIDGE_WAR", folder + "/bridge.war",
                "PAYARA_MICRO", folder + "/payara-micro.jar",
                "SERVER_DIR", folder + "/server"));
    for (int i = 0; i < more.length; i += 2) {
      script.environment().put(more[i], more[i + 1]);
    }
    return output(script, Path.of("/dev/null"));
  }

  private String checksum(String name) throws Exception {
    return output(new ProcessBuilder("cksum"), folder.resolve(name));
  }

  private static String output(ProcessBuilder builder, Path input) throws Exception {
    Process process = builder.redirectInput(input.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
