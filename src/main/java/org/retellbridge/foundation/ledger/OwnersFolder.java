package org.retellbridge.foundation.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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
