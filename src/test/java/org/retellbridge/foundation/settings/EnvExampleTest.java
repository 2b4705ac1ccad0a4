package org.retellbridge.foundation.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvExampleTest {
  private static final Path EXAMPLE = Path.of(".env.example");

  /** An entry, in force or as a comment, and the line before it. */
  private static final Pattern ENTRY = Pattern.compile("(?m)^(.*)\\n#?([A-Z][A-Z0-9_]*)=(.*)$");

  private String text;
  private List<MatchResult> entries;

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(EXAMPLE);
    entries = ENTRY.matcher(text).results().toList();
  }

  @Test
  void namesEverySettingAndNoOther() {
    assertThat(entries)
        .extracting(entry -> entry.group(2))
        .containsExactlyElementsOf(Catalogue.all().stream().map(Setting::variable).toList());
  }

  @Test
  void explainsEachSettingInOneLine() {
    assertThat(entries)
        .allSatisfy(
            entry ->
                assertThat(entry.group(1))
                    .as(entry.group(2))
                    .matches("# .{20,}(Default: .+|No default.*|Required)\\."));
  }

  @Test
  void showsTheDefaultsAndNoSecret() {
    Map<String, String> shown =
        entries.stream()
            .collect(Collectors.toMap(entry -> entry.group(2), entry -> entry.group(3)));
    for (Setting<?> setting : Catalogue.all()) {
      String fallback = setting.fallback() == null ? "" : setting.fallback();
      assertThat(shown).containsEntry(setting.variable(), fallback);
    }
  }

  @Test
  void saysWhereTheFileMayBe() {
    assertThat(text).startsWith("# ").contains("BRIDGE_ENV_FILE");
  }

  @Test
  void isReadByTheBridge(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bridge.env");
    Files.writeString(file, text.replaceAll("(?m)^#(?=[A-Z0-9_]+=)", ""));
    EnvFile read = EnvFile.read(file);
    assertThat(read.malformed()).isEmpty();
    assertThat(read.entries()).hasSize(Catalogue.all().size());
    Settings settings = TestSettings.of(read.entries());
    assertThat(settings.findings())
        .extracting(Finding::setting)
        .containsExactly(Catalogue.AUTH_TOKEN);
  }
}
