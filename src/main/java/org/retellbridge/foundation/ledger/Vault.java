package org.retellbridge.foundation.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps personal data unreadable at rest: AES-GCM for what must be read again, HMAC-SHA256 for what
 * must only be found again. Several keys are there while one is rotated: the first one writes, all
 * of them read and find.
 */
final class Vault {
  static final int KEY_BYTES = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Those at rest: to ask the providers for a new one costs ten times as much as to use it. */
  private final Queue<Cipher> ciphers = new ConcurrentLinkedQueue<>();

  private final List<Pair> pairs;

  Vault(byte[]... keys) {
    this.pairs = Stream.of(keys).map(Pair::of).toList();
  }

  /** Both keys are derived from one, so that neither gives the other away. */
  private record Pair(SecretKeySpec sealing, SecretKeySpec hashing) {
    static Pair of(byte[] key) {
      if (key.length != KEY_BYTES) {
        throw new IllegalArgumentException("a data key has " + KEY_BYTES + " bytes");
      }
      SecretKeySpec given = new SecretKeySpec(key, "HmacSHA256");
      return new Pair(
          new SecretKeySpec(mac(given, "ledger sealing 1"), "AES"),
          new SecretKeySpec(mac(given, "ledger hashing 1"), "HmacSHA256"));
    }

    String hash(String text) {
      return HexFormat.of().formatHex(mac(hashing, text));
    }

    /** Tells whether two vaults share a key, and nothing else about it. */
    String fingerprint() {
      return hash("fingerprint").substring(0, 16);
    }
  }

  /**
   * @param place what the text belongs to; the same must be given to {@link #open}, so that a value
   *     cannot be moved to another row
   */
  byte[] seal(String text, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = crypt(Cipher.ENCRYPT_MODE, pairs.get(0), nonce, text.getBytes(UTF_8), place);
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  String open(byte[] sealed, String place) {
    return find(sealed, place)
        .orElseThrow(() -> new LedgerDown("a stored value cannot be read with this data key"));
  }

  /** Empty for what another key sealed. */
  Optional<String> find(byte[] sealed, String place) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
    for (Pair pair : pairs) {
      try {
        return Optional.of(new String(crypt(Cipher.DECRYPT_MODE, pair, nonce, rest, place), UTF_8));
      } catch (GeneralSecurityException e) {
        // The next key may be the one.
      }
    }
    return Optional.empty();
  }

  /** 64 hexadecimal digits by which the same text is found again. */
  String hash(String text) {
    return pairs.get(0).hash(text);
  }

  /** The same by each of the keys: for finding what an older one wrote. */
  List<String> hashes(String text) {
    return pairs.stream().map(pair -> pair.hash(text)).toList();
  }

  /** One of each key, in their order. */
  List<String> fingerprints() {
    return pairs.stream().map(Pair::fingerprint).toList();
  }

  /** A plain digest, for what is no secret but too long for a key: 64 hexadecimal digits. */
  static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] crypt(int mode, Pair pair, byte[] nonce, byte[] text, String place)
      throws GeneralSecurityException {
    Cipher idle = ciphers.poll();
    Cipher cipher = idle == null ? Cipher.getInstance("AES/GCM/NoPadding") : idle;
    cipher.init(mode, pair.sealing(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(UTF_8));
    byte[] result = cipher.doFinal(text);
    // Not after a failure: what state it is in then is anybody's guess.
    ciphers.add(cipher);
    return result;
  }

  private static byte[] mac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
