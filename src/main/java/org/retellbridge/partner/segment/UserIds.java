package org.retellbridge.partner.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/**
 * Makes a {@code userId} of a caller's address ({@code SEGMENT_USER_ID}): the address as it is
 * spelt, as the original did, or a keyed hash of its one spelling for a fresh space. A space with
 * profiles must keep {@code number}: a second {@code userId} would split every customer.
 *
 * <p>The hash's key comes from {@code SEGMENT_USER_ID_KEY}, else from {@code SEGMENT_WRITE_KEY}:
 * another one means other user ids, so the first stays when the second is rotated.
 */
final class UserIds {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "user ids of callers";

  private final Optional<SecretKeySpec> key;

  private UserIds(Optional<SecretKeySpec> key) {
    this.key = key;
  }

  static UserIds of(Settings settings) {
    return settings.get(Catalogue.SEGMENT_USER_ID).equals("hash")
        ? new UserIds(
            settings
                .find(Catalogue.SEGMENT_USER_ID_KEY)
                .or(() -> settings.find(Catalogue.SEGMENT_WRITE_KEY))
                .map(UserIds::derived))
        : new UserIds(Optional.empty());
  }

  /** What is written. */
  String of(CustomerKey customer) {
    return key.map(secret -> HexFormat.of().formatHex(hash(secret, customer.value())))
        .orElse(customer.spelt());
  }

  /** Under what the customer may have been written, the likeliest first. */
  List<String> all(CustomerKey customer) {
    return key.isPresent()
        ? List.of(of(customer))
        : Stream.of(customer.spelt(), customer.value()).distinct().toList();
  }

  /** Not the write key itself, which everybody sees who sees a message. */
  private static SecretKeySpec derived(String given) {
    return secret(hash(secret(given.getBytes(UTF_8)), PURPOSE));
  }

  private static SecretKeySpec secret(byte[] bytes) {
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  private static byte[] hash(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
