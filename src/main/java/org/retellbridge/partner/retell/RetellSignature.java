package org.retellbridge.partner.retell;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.retellbridge.foundation.webhooks.Hmac;

/**
 * X-Retell-Signature, {@code v=<milliseconds>,d=<hex>}: HMAC-SHA256 over the raw body followed by
 * the decimal time (docs.retellai.com/features/secure-webhook). Neither URL nor method is signed.
 */
final class RetellSignature {
  private static final String ALGORITHM = "HmacSHA256";
  static final long TOLERANCE_MILLIS = 300_000;

  private final List<Hmac> keys;

  RetellSignature(List<String> keys) {
    this.keys = keys.stream().map(key -> new Hmac(ALGORITHM, key)).toList();
  }

  /**
   * A header of the right form.
   *
   * @param millis when it was signed, in milliseconds since 1970
   */
  record Header(long millis, byte[] digest) {
    private static final String TIME = "v=";
    private static final String DIGEST = ",d=";
    private static final int MOST_DIGITS = 16;
    private static final int HEX_DIGITS = 64;

    /** By hand: each request is read twice, and a pattern took a fortieth of a look-up's time. */
    static Optional<Header> parse(String text) {
      int end = text.length() - HEX_DIGITS - DIGEST.length();
      int digits = end - TIME.length();
      return digits > 0
              && digits <= MOST_DIGITS
              && text.startsWith(TIME)
              && text.startsWith(DIGEST, end)
              && all(text, TIME.length(), end, RetellSignature::digit)
              && all(text, end + DIGEST.length(), text.length(), HexFormat::isHexDigit)
          ? Optional.of(
              new Header(
                  Long.parseLong(text, TIME.length(), end, 10),
                  HexFormat.of().parseHex(text, end + DIGEST.length(), text.length())))
          : Optional.empty();
    }

    private static boolean all(String text, int from, int to, IntPredicate fits) {
      for (int i = from; i < to; i++) {
        if (!fits.test(text.charAt(i))) {
          return false;
        }
      }
      return true;
    }

    boolean fresh(long now) {
      return Math.abs(now - millis) <= TOLERANCE_MILLIS;
    }

    /** The digest as text, in one spelling. */
    String fingerprint() {
      return HexFormat.of().formatHex(digest);
    }
  }

  /** Whether any of the keys gives this signature for the body. */
  boolean matches(byte[] body, Header header) {
    boolean match = false;
    for (Hmac key : keys) {
      match |= MessageDigest.isEqual(sign(key, body, header.millis()), header.digest());
    }
    return match;
  }

  /** The header's value with the first key. */
  String header(byte[] body, long millis) {
    return "v=" + millis + ",d=" + HexFormat.of().formatHex(sign(keys.get(0), body, millis));
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static byte[] sign(Hmac key, byte[] body, long millis) {
    return key.of(body, Long.toString(millis).getBytes(US_ASCII));
  }
}
