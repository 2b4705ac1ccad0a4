package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed digest that is prepared once and copied for each text: to find the algorithm and to take
 * in the key anew cost as much as the digest of a usual body. Not every security provider's can be
 * copied, PKCS#11's for one; then it is prepared for each text.
 */
public final class Hmac {
  private final String algorithm;
  private final SecretKeySpec key;
  private final Mac prepared;

  /**
   * @param algorithm as Java names it, such as {@code HmacSHA256}
   * @param secret its UTF-8 bytes are the key; not empty
   */
  public Hmac(String algorithm, String secret) {
    this.algorithm = algorithm;
    this.key = new SecretKeySpec(secret.getBytes(UTF_8), algorithm);
    this.prepared = prepare();
  }

  /** The digest of these bytes, one after the other; may be asked by many threads at once. */
  public byte[] of(byte[]... parts) {
    Mac mac = copy();
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private Mac copy() {
    try {
      return (Mac) prepared.clone();
    } catch (CloneNotSupportedException e) {
      return prepare();
    }
  }

  private Mac prepare() {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
