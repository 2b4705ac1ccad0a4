package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ProfileTest {
  @Test
  void isGoneWithAllThatTheBrowserWrote() throws Exception {
    Profile profile = Profile.empty();
    try (profile) {
      assertThat(profile.folder()).isEmptyDirectory();
      Files.createDirectories(profile.folder().resolve("Default/Cache"));
      Files.writeString(profile.folder().resolve("Default/Cache/index"), "a page");
      // As Chromium's own lock, which names a process and no file.
      Files.createSymbolicLink(
          profile.folder().resolve("SingletonLock"), java.nio.file.Path.of("machine-4711"));
    }

    assertThat(profile.folder()).doesNotExist();
  }
}
