package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.retellbridge.foundation.webhooks.ConstantTime;
import org.retellbridge.foundation.webhooks.Hmac;

/**
 * X-Twilio-Signature: base64 of HMAC-SHA1 over the URL as it was requested and the sorted body
 * fields (twilio.com/docs/usage/security). Own code, because the SDK's {@code RequestValidator}
 * takes no repeated fields and encodes a URL anew while it changes the port.
 */
final class TwilioSignature {
  private static final String ALGORITHM = "HmacSHA1";

  /** Base64 of 20 bytes. */
  static final int LENGTH = 28;

  private final List<Hmac> keys;

  TwilioSignature(List<String> authTokens) {
    keys = authTokens.stream().map(token -> new Hmac(ALGORITHM, token)).toList();
  }

  /** The first of the URLs for which one of the tokens gives this signature. */
  Optional<String> signed(Collection<String> urls, Fields fields, String signature) {
    StringBuilder suffix = new StringBuilder();
    fields.appendSorted(suffix);
    for (Hmac key : keys) {
      for (String url : urls) {
        if (ConstantTime.equal(sign(key, url + suffix), signature)) {
          return Optional.of(url);
        }
      }
    }
    return Optional.empty();
  }

  /** The header's value with the first token. */
  String header(String url, Fields fields) {
    StringBuilder text = new StringBuilder(url);
    fields.appendSorted(text);
    return sign(keys.get(0), text.toString());
  }

  private static String sign(Hmac key, String text) {
    return Base64.getEncoder().encodeToString(key.of(text.getBytes(UTF_8)));
  }
}
