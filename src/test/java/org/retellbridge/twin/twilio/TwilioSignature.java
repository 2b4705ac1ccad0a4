package org.retellbridge.twin.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.retellbridge.twin.wire.Fields;

/**
 * The value of {@code X-Twilio-Signature}: HMAC-SHA1 over the public URL and the body's fields,
 * sorted by name, each distinct value once (documented; pinned by the vectors).
 */
public final class TwilioSignature {

  private TwilioSignature() {}

  /**
   * @param fields of a form body; none for GET and JSON
   */
  public static String of(String token, String url, Fields fields) {
    StringBuilder text = new StringBuilder(url);
    new TreeMap<>(fields.byName())
        .forEach(
            (name, values) ->
                new TreeSet<>(values).forEach(value -> text.append(name).append(value)));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HmacSHA1 here", e);
    }
  }

  /** What Twilio puts into {@code bodySHA256} of the query for a JSON body. */
  public static String bodySha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no SHA-256 here", e);
    }
  }

  /**
   * The text of a URL that is signed: no fragment, no user; HTTPS voice drops the port
   * (documented).
   */
  public static String signedUrl(String url) {
    String plain = url.replaceFirst("#.*", "").replaceFirst("^(https?://)[^/?@]*@", "$1");
    return plain.replaceFirst("^(https://[^/?:]+):\\d+", "$1");
  }
}
