package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNameTest {
  @TempDir private Path folder;

  @Test
  void isWhatTheKernelSays() throws IOException {
    Path file = Files.writeString(folder.resolve("hostname"), "bridge-7f9c-x2\n");
    assertThat(NodeName.read(file)).isEqualTo("bridge-7f9c-x2");
  }

  @Test
  void isKnownElsewhereToo() throws IOException {
    assertThat(NodeName.read(folder.resolve("not-linux"))).isNotBlank();
    Path empty = Files.writeString(folder.resolve("hostname"), "\n");
    assertThat(NodeName.read(empty)).isNotBlank();
  }
}
