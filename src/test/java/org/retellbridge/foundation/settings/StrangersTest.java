package org.retellbridge.foundation.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrangersTest {
  private static final String VALUE = "s3cret-never-told";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "RETELL_AGNET_ID, RETELL_AGENT_ID",
    "RETELL_AGENT, RETELL_AGENTS",
    "RETELL_APIKEY, RETELL_API_KEY",
    "Retell_Api_Key, RETELL_API_KEY",
    "FALBACK_NUMBER, FALLBACK_NUMBER",
    "FALLBACK_NUMBERS, FALLBACK_NUMBER",
    "OPERATION_TOKEN, OPERATIONS_TOKEN",
    "OPERATIONS_TOKEN_FILE, OPERATIONS_TOKEN",
    "PUBLIC_BASEURL, PUBLIC_BASE_URL",
    "AI_HOUR, AI_HOURS",
    "AUTH_TOKENS, AUTH_TOKEN",
    "SEGMENT_WRITEKEY, SEGMENT_WRITE_KEY",
    "TWILIO_APLICATION_SID, TWILIO_APPLICATION_SID",
    "BRIDGE_DATADIR, BRIDGE_DATA_DIR"
  })
  void asksWhetherAnotherWasMeant(String name, String meant) {
    for (List<Stranger> found :
        List.of(
            Strangers.among(Set.of(name, "PATH"), Set.of()),
            Strangers.among(Set.of(), Set.of(name)))) {
      assertThat(found).extracting(Stranger::name).containsExactly(name);
      assertThat(found.get(0).sentence())
          .startsWith(name + ": there is no such setting, so it does nothing")
          .endsWith("; did you mean " + meant + "?");
    }
  }

  @Test
  void namesWhatBeginsAsOnlyOursDo() {
    assertThat(Strangers.among(Set.of("RETELL_CALLS_AT_ONCE"), Set.of()))
        .extracting(Stranger::sentence)
        .containsExactly("RETELL_CALLS_AT_ONCE: there is no such setting, so it does nothing");
  }

  /** What Kubernetes, Twilio's command line and usual machines put into an environment. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TWILIO_RETELL_BRIDGE_PORT",
        "TWILIO_RETELL_BRIDGE_PORT_80_TCP",
        "TWILIO_RETELL_BRIDGE_PORT_80_TCP_ADDR",
        "TWILIO_RETELL_BRIDGE_SERVICE_HOST",
        "TWILIO_RETELL_BRIDGE_SERVICE_PORT_HTTP",
        "RETELL_BRIDGE_PORT_80_TCP_PROTO",
        "BRIDGE_SERVICE_PORT",
        "BRIDGE_PORT",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_API_KEY",
        "TWILIO_API_SECRET",
        "TWILIO_PROFILE",
        "OAUTH_TOKEN",
        "ACCOUNT_ID",
        "AI_GATEWAY_API_KEY",
        "SEGMENT_ANONYMOUS_ID",
        "BRIDGE_ENV_FILE",
        "BRIDGE_WAR",
        "HTTP_PORT",
        "POSTGRESQL_JAR",
        "DB_PASSWORD",
        "PATH",
        "HOME",
        "LANG",
        "JAVA_HOME",
        "RETELL_AGENT_ID",
        "retell_agent_id",
        "retell.agent.id"
      })
  void leavesTheEnvironmentOfOthersAlone(String name) {
    assertThat(Strangers.among(Set.of(name), Set.of())).isEmpty();
  }

  /** A file of the bridge's own holds nothing by chance. */
  @ParameterizedTest
  @CsvSource({
    "TWILIO_ACCOUNT_SID, ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN, AUTH_TOKEN",
    "TWILIO_WORKSPACE_SID, WORKSPACE_SID",
    "ACCOUNT_ID, ACCOUNT_SID"
  })
  void findsThemInTheFileOfTheBridge(String name, String meant) throws IOException {
    Settings settings = withFile("AUTH_TOKEN=t\n" + name + "=" + VALUE + "\nHTTP_PORT=8080\n");

    assertThat(settings.strangers()).extracting(Stranger::name).containsExactly(name);
    assertThat(settings.strangers().get(0).meant()).map(Setting::variable).contains(meant);
    assertThat(StartUpReport.of(settings))
        .containsOnlyOnce(settings.strangers().get(0).sentence())
        .doesNotContain(VALUE);
    assertThat(settings.toLookAt()).contains(settings.strangers().get(0).sentence());
  }

  @Test
  void findsNoneInTheExample() throws IOException {
    String example = Files.readString(Path.of(".env.example"));
    assertThat(withFile(example.replaceAll("(?m)^#(?=[A-Z0-9_]+=)", "")).strangers()).isEmpty();
  }

  @Test
  void readsASettingInTheFileInLowerCase() throws IOException {
    Settings settings = withFile("auth_token=t\nretell_api_key=key_1\n");
    assertThat(settings.strangers()).isEmpty();
    assertThat(settings.find(Catalogue.RETELL_API_KEY)).contains("key_1");
  }

  @Test
  void endsALongList() {
    Set<String> names = new java.util.HashSet<>();
    for (int i = 0; i < 100; i++) {
      names.add("RETELL_NOTHING_OF_OURS_" + i);
    }
    assertThat(Strangers.among(names, Set.of())).hasSize(20);
  }

  private Settings withFile(String text) throws IOException {
    Path file = folder.resolve("bridge.env");
    Files.writeString(file, text);
    Config config =
        new io.smallrye.config.SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new DotenvSource(Optional.of(file)))
            .build();
    return Settings.load(config, Set.of());
  }
}
