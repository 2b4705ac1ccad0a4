package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.INFO;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
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
        if (OwnersFolder.place(file, random() + "\n")) {
          LOGGER.log(INFO, "A data key was made; keep a copy of {0}", file);
        }
      }
      return Files.readString(file, US_ASCII).strip();
    } catch (IOException e) {
      throw new LedgerDown(
          "BRIDGE_DATA_KEY is not set and " + file + " can be neither read nor made", e);
    }
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
