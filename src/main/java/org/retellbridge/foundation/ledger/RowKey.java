package org.retellbridge.foundation.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * What a row is found by: the first 128 bits of a digest of its name. Names like CallSids fall all
 * over an index, so each new call changes a page of its own, and an index of short keys has fewer
 * of them.
 */
final class RowKey {
  private static final int DIGITS = 32;

  private RowKey() {}

  /** Of a name that is no secret. */
  static UUID of(String name) {
    try {
      return first(
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of a keyed hash: 64 hexadecimal digits. */
  static UUID ofHash(String hash) {
    return first(ByteBuffer.wrap(HexFormat.of().parseHex(hash, 0, DIGITS)));
  }

  /** The same in a script, for what was written before there were keys. */
  static Map<String, String> inScripts(Dialect dialect) {
    return Map.of(
        "call_sid_key",
        dialect.digest("call_key"),
        "call_id_key",
        dialect.digest("call_id"),
        "row_number",
        dialect.rowNumber(),
        "index_by_note",
        dialect.indexByNote());
  }

  private static UUID first(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
