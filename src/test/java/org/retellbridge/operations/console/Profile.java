package org.retellbridge.operations.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.server.Folders;

/**
 * An empty profile of a browser.
 *
 * @param folder where it is
 */
record Profile(Path folder) implements AutoCloseable {

  static Profile empty() {
    try {
      return new Profile(Files.createTempDirectory("console-browser"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The browser's children write into it for a moment after it has ended. */
  @Override
  public void close() {
    Await.until(folder + " is gone", this::deleted);
  }

  private boolean deleted() {
    try {
      Folders.delete(folder);
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
