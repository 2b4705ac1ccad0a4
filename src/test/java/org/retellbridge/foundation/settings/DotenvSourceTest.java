package org.retellbridge.foundation.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.telephony.AgentName;

class DotenvSourceTest {
  private static final String SECRET = "s3cret-never-told";

  @TempDir private Path folder;

  @Test
  void findsASettingUnderBothNames() throws IOException {
    DotenvSource source = source("RETELL_API_KEY=key_1\n");
    assertThat(source.getValue("RETELL_API_KEY")).isEqualTo("key_1");
    assertThat(source.getValue("retell.api.key")).isEqualTo("key_1");
    assertThat(source.getValue("retell.api.keys")).isNull();
    assertThat(source.getPropertyNames()).containsExactly("RETELL_API_KEY");
  }

  /** What is empty is not set, and what is no setting is none. */
  @Test
  void countsTheSettingsInIt() throws IOException {
    Map<String, String> entries =
        Map.of("RETELL_API_KEY", "k", "retell.agent.id", "a", "AUTH_TOKEN", "", "PATH", "/bin");
    assertThat(DotenvSource.settings(entries)).isEqualTo(2);
    try (Logged log = Logged.by(DotenvSource.class)) {
      source("ACCOUNT_SID=\nAI_SHARE=1\nPATH=/bin\n");
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("1 of the bridge's " + Catalogue.all().size() + " settings stand in ");
    }
  }

  @Test
  void readsCommentsQuotesAndHashes() throws IOException {
    DotenvSource source =
        source(
            """
            # a comment
              A = plain # a comment

            B="quoted # text" # a comment
            C=with=equals
            D=a#b
            E='single "quoted"'
            export F=exported
            G=
            H="say "hello""
            I="abc" # see "Account Info"
            J='abc' # it's in the 'console'
            """);
    assertThat(source.getValue("A")).isEqualTo("plain");
    assertThat(source.getValue("B")).isEqualTo("quoted # text");
    assertThat(source.getValue("C")).isEqualTo("with=equals");
    assertThat(source.getValue("D")).isEqualTo("a#b");
    assertThat(source.getValue("E")).isEqualTo("single \"quoted\"");
    assertThat(source.getValue("F")).isEqualTo("exported");
    assertThat(source.getValue("G")).isEmpty();
    assertThat(source.getValue("H")).isEqualTo("say \"hello\"");
    assertThat(source.getValue("I")).isEqualTo("abc");
    assertThat(source.getValue("J")).isEqualTo("abc");
  }

  @Test
  void takesTheLastOfARepeatedSetting() throws IOException {
    assertThat(source("A=1\nA=2\n").getValue("A")).isEqualTo("2");
  }

  @Test
  void readsWindowsLineEnds() throws IOException {
    assertThat(source("A=1\r\nB=2\r\n").getValue("A")).isEqualTo("1");
  }

  @Test
  void ranksBelowTheEnvironment() throws IOException {
    ConfigSource environment = new EnvConfigSource(Map.of("RETELL_API_KEY", "environment"), 300);
    assertThat(key(environment, source("RETELL_API_KEY=file\n"))).isEqualTo("environment");
  }

  /**
   * A system property answers to one spelling, what ranks below it to both; a source of the server
   * may know the other one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"RETELL_API_KEY", "retell.api.key"})
  void ranksBelowSystemPropertiesInEitherSpelling(String spelling) throws IOException {
    ConfigSource system = new PropertiesConfigSource(Map.of(spelling, "system"), "system", 400);
    ConfigSource environment = new EnvConfigSource(Map.of("RETELL_API_KEY", "environment"), 300);
    DotenvSource file = source("RETELL_API_KEY=file\n");

    assertThat(Settings.load(config(file, system), Set.of()).find(Catalogue.RETELL_API_KEY))
        .hasValue("system");
    assertThat(
            Settings.load(config(file, environment, system), Set.of())
                .find(Catalogue.RETELL_API_KEY))
        .hasValue("system");
  }

  /** A file of the environment names all settings and leaves many empty. */
  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void isNotHiddenByAnEmptyVariable(String empty) throws IOException {
    ConfigSource environment =
        new EnvConfigSource(
            Map.of("RETELL_API_KEY", empty, "RETELL_AGENT_ID", empty, "SMS_PER_CALL", empty), 300);
    DotenvSource file = source("RETELL_API_KEY=file\nretell.agent.id=agent_a\n");

    Settings settings = Settings.load(config(environment, file), Set.of());

    assertThat(settings.find(Catalogue.RETELL_API_KEY)).hasValue("file");
    assertThat(settings.find(Catalogue.RETELL_AGENT_ID).map(AgentName::id)).hasValue("agent_a");
    assertThat(settings.get(Catalogue.SMS_PER_CALL)).isEqualTo(3);
  }

  /** What the server made of it counts. */
  @Test
  void takesNoExpressionLiterallyThatStandsForNothing() throws IOException {
    DotenvSource file = source("FALLBACK_MESSAGE=${nothing}\n");

    assertThat(Settings.load(config(file), Set.of()).get(Catalogue.FALLBACK_MESSAGE))
        .isEqualTo(Catalogue.FALLBACK_MESSAGE.fallback());
  }

  @Test
  void ranksAboveThePropertiesOfTheWar() throws IOException {
    ConfigSource properties =
        new PropertiesConfigSource(Map.of("retell.api.key", "properties"), "war", 100);
    assertThat(key(properties, source("RETELL_API_KEY=file\n"))).isEqualTo("file");
  }

  @Test
  void namesTheFileAndNoneOfItsValues() throws IOException {
    try (Logged log = Logged.by(DotenvSource.class)) {
      source("AUTH_TOKEN=" + SECRET + "\n");
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("INFO")
          .contains(file().toString())
          .doesNotContain(SECRET);
    }
  }

  @Test
  void keepsTheOtherLinesOfAMalformedFileAndQuotesNone() throws IOException {
    try (Logged log = Logged.by(DotenvSource.class)) {
      DotenvSource source = source("A=1\n" + SECRET + "\nB=2\n= " + SECRET + "\nC=3\n");
      assertThat(source.getPropertyNames()).containsExactlyInAnyOrder("A", "B", "C");
      assertThat(source.getValue("B")).isEqualTo("2");
      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("WARNING") && line.contains(file().toString()))
          .noneMatch(line -> line.contains(SECRET));
    }
  }

  @Test
  void keepsTheLinesAfterAQuoteThatNeverEnds() throws IOException {
    try (Logged log = Logged.by(DotenvSource.class)) {
      DotenvSource source = source("A=1\nB=\"" + SECRET + "\nC=3\n");
      assertThat(source.getValue("A")).isEqualTo("1");
      assertThat(source.getValue("C")).isEqualTo("3");
      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("WARNING") && line.contains(file().toString()))
          .noneMatch(line -> line.contains(SECRET));
    }
  }

  @Test
  void ignoresTheMarkOfAnEditorAtTheStart() throws IOException {
    assertThat(source("\uFEFFA=1\n").getValue("A")).isEqualTo("1");
  }

  @Test
  void keepsTheOtherLinesOfAFileThatIsNotUtf8() throws IOException {
    Files.write(file(), "# für Zoë\nA=1\n".getBytes(ISO_8859_1));
    assertThat(new DotenvSource(Optional.of(file())).getValue("A")).isEqualTo("1");
  }

  /** Docker makes a folder of a file that is mounted and does not exist. */
  @Test
  void survivesAFolderOfThatName() throws IOException {
    Files.createDirectory(file());
    try (Logged log = Logged.by(DotenvSource.class)) {
      assertThat(new DotenvSource(Optional.of(file())).getPropertyNames()).isEmpty();
      assertThat(log.lines()).anyMatch(line -> line.startsWith("WARNING"));
    }
  }

  @Test
  void warnsWhenTheNamedFileIsNotThere() {
    try (Logged log = Logged.by(DotenvSource.class)) {
      assertThat(new DotenvSource(Optional.of(file())).getPropertyNames()).isEmpty();
      assertThat(log.lines())
          .singleElement()
          .matches(line -> line.startsWith("WARNING") && line.contains(file().toString()));
    }
  }

  private static String key(ConfigSource... sources) {
    return config(sources).getValue("retell.api.key", String.class);
  }

  private static Config config(ConfigSource... sources) {
    return new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(sources).build();
  }

  private DotenvSource source(String text) throws IOException {
    Files.writeString(file(), text);
    return new DotenvSource(Optional.of(file()));
  }

  private Path file() {
    return folder.resolve("bridge.env").toAbsolutePath();
  }
}
