package org.retellbridge.harness.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;

/** Nobody's own bridge is touched by tests, whatever the shell knows of it. */
@AnalyzeClasses(packages = "org.retellbridge", importOptions = ImportOption.OnlyIncludeTests.class)
class CleanEnvironmentTest {
  private static final Map<String, String> SHELL =
      Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", "/opt/java", "DATA_DIR", "of somebody else");

  static Stream<String> settings() {
    return Catalogue.all().stream().map(Setting::variable);
  }

  @ParameterizedTest
  @MethodSource("settings")
  @ValueSource(strings = {"bridge.data.dir", "bridge_data_dir", "Bridge_Data_Dir"})
  void inheritsNoSetting(String name) throws Exception {
    Map<String, String> shell = new HashMap<>(SHELL);
    shell.put(name, "of the developer's own bridge");

    assertThat(seen(CleanEnvironment.of(List.of("env"), shell)))
        .contains("PATH=/usr/bin:/bin", "JAVA_HOME=/opt/java", "DATA_DIR=of somebody else")
        .noneMatch(line -> line.startsWith(name + "="));
  }

  @Test
  void keepsWhatATestGives() throws Exception {
    ProcessBuilder process = CleanEnvironment.of(List.of("env"), SHELL);
    process.environment().put("BRIDGE_DATA_DIR", "/tmp/of-the-test");

    assertThat(seen(process)).contains("BRIDGE_DATA_DIR=/tmp/of-the-test");
  }

  /** The others start no server, or one that has no settings. */
  @ArchTest
  static final ArchRule everyServerIsStartedInIt =
      noClasses()
          .that()
          .doNotBelongToAnyOf(CleanEnvironment.class, Place.class)
          .and()
          .haveNameNotMatching(
              ".*\\.(Jcmd|SelfSigned|Nginx|CrashTest|FullDiskTest|CollectScriptTest"
                  + "|StartScriptTest|DrainScriptTest|OperatedCallsIT|TetherTest\\$Starter)")
          .should()
          .callConstructor(ProcessBuilder.class, List.class)
          .orShould()
          .callConstructor(ProcessBuilder.class, String[].class);

  private static List<String> seen(ProcessBuilder process) throws IOException {
    try (Stream<String> lines = process.start().inputReader().lines()) {
      return lines.toList();
    }
  }
}
