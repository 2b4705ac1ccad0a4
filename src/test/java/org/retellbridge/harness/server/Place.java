package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a server lives during the tests.
 *
 * @param home the unpacked server or its jar, which stays as it is
 * @param folder for all that it writes
 * @param config the folder with what an operator gets for this server
 * @param java the Java that runs it
 */
record Place(Path home, Path folder, Path config, Path java) {

  static Place of(String server) {
    return new Place(
        Path.of(System.getProperty("server.home")),
        emptied(Path.of(System.getProperty("bridge.it.dir"), server)),
        Path.of(System.getProperty("server.config"), server),
        Path.of(System.getProperty("server.java.home", System.getProperty("java.home"))));
  }

  Path javaCommand() {
    return java.resolve("bin").resolve("java");
  }

  /** What a command prints. */
  List<String> run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (Stream<String> lines = process.inputReader().lines()) {
        return lines.toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder, or a file, and what is in it. */
  static void copy(Path from, Path to) {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path source : tree.toList()) {
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(source, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path emptied(Path folder) {
    try {
      return Folders.emptied(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
