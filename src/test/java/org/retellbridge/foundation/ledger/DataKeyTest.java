package org.retellbridge.foundation.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataKeyTest {
  private static final int ROUNDS = 300;

  @TempDir Path folder;

  /** What one of them sealed with another key could never be read again. */
  @Test
  void makesOneKeyForAllWhoStartAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 0; round < ROUNDS; round++) {
        DataKey key = key(folder.resolve("data" + round));
        Callable<List<String>> process =
            () -> {
              start.await();
              return key.vault().fingerprints();
            };
        Future<List<String>> one = threads.submit(process);
        Future<List<String>> other = threads.submit(process);
        assertThat(one.get()).isEqualTo(key.vault().fingerprints());
        assertThat(other.get()).isEqualTo(one.get());
        assertThat(files(key.folder())).containsExactly("data.key");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A ZIP file stands for a mounted share that knows none. */
  @Test
  void makesAKeyWhereThereAreNoLinks() throws IOException {
    URI zip = URI.create("jar:" + folder.resolve("share.zip").toUri());
    try (FileSystem share = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      DataKey key = key(share.getPath("/data"));
      assertThat(key.vault().fingerprints()).isEqualTo(key.vault().fingerprints());
      assertThat(files(key.folder())).containsExactly("data.key");
    }
  }

  @Test
  void refusesHalfAKey() throws IOException {
    Files.writeString(folder.resolve("data.key"), "AAAA", US_ASCII);
    assertThatThrownBy(() -> key(folder).vault())
        .isInstanceOf(LedgerDown.class)
        .hasMessage("the data key is not 32 bytes in base64");
    assertThat(folder.resolve("data.key")).hasContent("AAAA");
  }

  private static DataKey key(Path folder) {
    return new DataKey(Optional.empty(), folder, false);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
