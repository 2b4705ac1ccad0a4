package org.retellbridge.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.twin.TwinNames;

/** What finds leaks is shown some. */
class LeaksTest {
  private static final String CLEAN =
      "INFO org.retellbridge.feature.calls.StartCall start callSid=CA1 callId=call_1: …06\n";

  @TempDir private Path folder;

  static Stream<String> leaks() {
    return Stream.of(
        TwinNames.CALLER,
        "+4915112345678",
        URLEncoder.encode(TwinNames.CALLER, UTF_8),
        "from=" + TwinNames.NUMBER + ",",
        "Mia Example",
        TwinNames.ACCOUNT.authToken(),
        TwinNames.ACCOUNT.keySecret(),
        TwinNames.RETELL_KEYS.api(),
        TwinNames.RETELL_KEYS.webhook(),
        TwinNames.SEGMENT_WRITE_KEY,
        Base64.getEncoder().encodeToString((TwinNames.SEGMENT_TOKEN + ":").getBytes(UTF_8)),
        BridgeUnderTest.OPERATIONS_TOKEN);
  }

  @ParameterizedTest
  @MethodSource("leaks")
  void findsWhatIsPlanted(String leak) throws IOException {
    Path log = log("server.log.0", CLEAN + "WARNING something: " + leak + "\n");

    assertThat(Leaks.in(List.of(log))).containsExactly(log + ":2");
    assertThatThrownBy(() -> Leaks.main(new String[] {folder.toString()}))
        .hasMessageContaining("server.log.0:2")
        .hasMessageNotContaining(leak);
  }

  @Test
  void looksIntoEveryLogAndNothingElse() throws IOException {
    log("server.log.0", CLEAN);
    log("node/log", CLEAN);
    log("logs/1.log", CLEAN);
    log("glassfish/server.log_2026-11-29T23-59-58", CLEAN);
    log("wildfly/server.log.2026-11-29", CLEAN);
    log("bridge.env", "AUTH_TOKEN=" + TwinNames.ACCOUNT.authToken());

    assertThat(Leaks.logs(folder)).hasSize(5);
    Leaks.main(new String[] {folder.toString()});
  }

  @Test
  void provesNothingWithoutALog() {
    assertThatThrownBy(() -> Leaks.main(new String[] {folder.toString()}))
        .hasMessageContaining("nothing proved");
  }

  private Path log(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
