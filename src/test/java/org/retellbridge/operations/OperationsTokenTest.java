package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.settings.TestSettings;

class OperationsTokenTest {
  private static final int ROUNDS = 100;

  @TempDir Path folder;

  @Test
  void isMadeOnceAndKeptForItsOwnerAlone() throws IOException {
    String made = token(folder);
    assertThat(made).matches("[0-9a-f]{64}");
    assertThat(token(folder)).isEqualTo(made);
    assertThat(file()).content().isEqualTo(made + "\n");
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** Whoever has another than the file's cannot be drained, nor asked how it does. */
  @Test
  void isOneForAllWhoStartAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 0; round < ROUNDS; round++) {
        Path shared = folder.resolve("data" + round);
        Callable<String> process =
            () -> {
              start.await();
              return token(shared);
            };
        Future<String> one = threads.submit(process);
        Future<String> other = threads.submit(process);
        assertThat(List.of(one.get(), other.get())).containsOnly(token(shared));
        assertThat(files(shared)).containsExactly("operations.token");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** It may be another process's, which is writing it just now, or what a crash left of one. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "0123456789abcde\n"})
  void isNeverHalfAToken(String left) throws IOException {
    Files.writeString(file(), left);
    try (Logged log = Logged.by(OperationsToken.class)) {
      assertThat(token(folder)).matches("[0-9a-f]{64}");
      assertThat(log.lines())
          .last(STRING)
          .contains("operations.token can be neither read nor made", "delete it");
    }
    assertThat(file()).hasContent(left);
  }

  /** Then nobody has it, and the operating side stays shut. */
  @Test
  void isAnotherForEachWhereNoneCanBeKept() throws IOException {
    Path noFolder = Files.createFile(folder.resolve("file"));
    assertThat(token(noFolder)).matches("[0-9a-f]{64}").isNotEqualTo(token(noFolder));
  }

  private Path file() {
    return folder.resolve("operations.token");
  }

  private static String token(Path folder) {
    OperationsToken token =
        new OperationsToken(TestSettings.of("BRIDGE_DATA_DIR", folder.toString()));
    token.find();
    return token.value();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
