package org.retellbridge.partner.retell;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * X-Retell-Signature, {@code v=<milliseconds>,d=<hex>}: HMAC-SHA256 over the raw body followed by
 * the decimal time (docs.retellai.com/features/secure-webhook). Neither URL nor method is signed.
 */
final class RetellSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM = Pattern.compile("v=([0-9]{1,16}),d=([0-9a-fA-F]{64})");
  static final long TOLERANCE_MILLIS = 300_000;

  private final List<SecretKeySpec> keys;

  RetellSignature(List<String> keys) {
    this.keys =
        keys.stream().map(key -> new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM)).toList();
  }

  /**
   * A header of the right form.
   *
   * @param millis when it was signed, in milliseconds since 1970
   */
  record Header(long millis, byte[] digest) {

    static Optional<Header> parse(String text) {
      Matcher matcher = FORM.matcher(text);
      return matcher.matches()
          ? Optional.of(
              new Header(
                  Long.parseLong(matcher.group(1)), HexFormat.of().parseHex(matcher.group(2))))
          : Optional.empty();
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
    for (SecretKeySpec key : keys) {
      match |= MessageDigest.isEqual(sign(key, body, header.millis()), header.digest());
    }
    return match;
  }

  /** The header's value with the first key. */
  String header(byte[] body, long millis) {
    return "v=" + millis + ",d=" + HexFormat.of().formatHex(sign(keys.get(0), body, millis));
  }

  private static byte[] sign(SecretKeySpec key, byte[] body, long millis) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(body);
      return mac.doFinal(Long.toString(millis).getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
