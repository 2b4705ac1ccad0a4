package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.INFO;
import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The key of the data at rest: {@code BRIDGE_DATA_KEY}, else one that is made once and kept in
 * {@code data.key} of the data folder, readable by the owner alone.
 *
 * @param given 32 bytes in base64; several, comma separated, while the key is rotated
 * @param folder the data folder
 * @param shared whether others may have the database: then a key that was only just made, in a
 *     folder that may go with this node, must not be the one that all of it is written with
 */
record DataKey(Optional<String> given, Path folder, boolean shared) {
  private static final System.Logger LOGGER = System.getLogger(DataKey.class.getName());

  Vault vault() {
    try {
      String keys = given.isPresent() ? given.get() : kept();
      return new Vault(
          Stream.of(keys.split(","))
              .map(key -> Base64.getDecoder().decode(key.strip()))
              .toArray(byte[][]::new));
    } catch (IllegalArgumentException e) {
      throw new LedgerDown("the data key is not 32 bytes in base64");
    }
  }

  private String kept() {
    Path file = folder.toAbsolutePath().resolve("data.key");
    try {
      if (!Files.exists(file)) {
        if (shared) {
          throw new LedgerDown("BRIDGE_DATA_KEY is needed with BRIDGE_DATASOURCE");
        }
        make(file);
      }
      return Files.readString(file, US_ASCII).strip();
    } catch (IOException e) {
      throw new LedgerDown(
          "BRIDGE_DATA_KEY is not set and " + file + " can be neither read nor made", e);
    }
  }

  /** Whole or not at all: a half-written key would make everything that it seals unreadable. */
  private static void make(Path file) throws IOException {
    OwnersFolder.make(file.getParent());
    Path draft = Files.createTempFile(file.getParent(), "data", ".key", ownerOnly(file));
    try {
      Files.writeString(draft, random() + "\n", US_ASCII, WRITE, SYNC);
      publish(draft, file);
      LOGGER.log(INFO, "A data key was made; keep a copy of {0}", file);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its key is read.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * A move would take the place of a key that another process made in the same moment, and may have
   * sealed with.
   */
  private static void publish(Path draft, Path file) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // No links there. Whoever reads half of it, for a moment or after a crash, refuses it.
      try (SeekableByteChannel channel =
          Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE, SYNC), ownerOnly(file))) {
        channel.write(ByteBuffer.wrap(Files.readAllBytes(draft)));
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String random() {
    byte[] bytes = new byte[Vault.KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return given.isPresent() ? "BRIDGE_DATA_KEY" : "data.key";
  }
}
