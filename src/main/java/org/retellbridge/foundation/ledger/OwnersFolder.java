package org.retellbridge.foundation.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes folders and files that other users of the machine cannot read, where it knows users. */
public final class OwnersFolder {
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("------rwx");

  private OwnersFolder() {}

  /**
   * Makes the folder and those above it that are missing. One that is there keeps the rights that
   * somebody gave it.
   */
  public static void make(Path folder) throws IOException {
    Files.createDirectories(folder, rights(folder, "rwx------"));
  }

  /**
   * Makes an empty file, for somebody who would make it readable by all. Of one that is there,
   * others are shut out; a group that somebody let in stays.
   */
  static void keep(Path file) throws IOException {
    try {
      Files.createFile(file, rights(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      if (posix(file)) {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (rights.removeAll(OTHERS)) {
          Files.setPosixFilePermissions(file, rights);
        }
      }
    }
  }

  /**
   * Makes a file with this text, whole or not at all: of a key or a token nobody may read half.
   *
   * @return false when there is one already, perhaps since a moment ago of another process: that
   *     one counts
   */
  public static boolean place(Path file, String text) throws IOException {
    make(file.getParent());
    Path draft = Files.createTempFile(file.getParent(), "draft", ".tmp", rights(file, "rw-------"));
    try {
      Files.writeString(draft, text, UTF_8, WRITE, SYNC);
      publish(draft, file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * A move would take the place of a file that another process made in the same moment, and may use
   * already.
   */
  private static void publish(Path draft, Path file) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // No links there. Whoever reads half of it, for a moment or after a crash, must refuse it.
      try (SeekableByteChannel channel =
          Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE, SYNC), rights(file, "rw-------"))) {
        channel.write(ByteBuffer.wrap(Files.readAllBytes(draft)));
      }
    }
  }

  private static FileAttribute<?>[] rights(Path path, String rights) {
    return posix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
