package org.retellbridge.twin.retell;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value of {@code X-Retell-Signature}: HMAC-SHA256 over the raw body followed by the decimal
 * time in milliseconds. Neither URL nor method is signed (documented; pinned by the vectors).
 */
public final class RetellSignature {

  private RetellSignature() {}

  public static String of(String key, byte[] body, long millis) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      mac.update(body);
      mac.update(Long.toString(millis).getBytes(US_ASCII));
      return "v=" + millis + ",d=" + HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HmacSHA256 here", e);
    }
  }
}
