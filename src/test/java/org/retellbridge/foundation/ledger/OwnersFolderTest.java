package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersFolderTest {
  @TempDir Path somewhere;

  @Test
  void keepsAllThatTheLedgerWritesFromOtherUsers() throws IOException {
    Path folder = somewhere.resolve("new/data");
    try (Books books = Books.open(Books.config(new Place.File(folder, ""), folder, new Watch()))) {
      assertThat(Books.get(books.ledger.history.live())).isZero();
      assertThat(rights(folder)).isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> all = files.toList();
        assertThat(all)
            .extracting(Path::getFileName)
            .extracting(Path::toString)
            .containsExactlyInAnyOrder("ledger.mv.db", "data.key");
        assertThat(all).allSatisfy(file -> assertThat(rights(file)).isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void shutsOthersOutOfAFileThatIsThereAndLeavesFoldersAsTheyAre() throws IOException {
    Path file = Files.createFile(somewhere.resolve("ledger.mv.db"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(somewhere, PosixFilePermissions.fromString("rwxr-xr-x"));

    OwnersFolder.make(somewhere);
    OwnersFolder.keep(file);

    assertThat(rights(file)).isEqualTo("rw-r-----");
    assertThat(rights(somewhere)).isEqualTo("rwxr-xr-x");
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
