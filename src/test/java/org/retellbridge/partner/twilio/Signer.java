package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Twilio documents it, from decoded fields and with none of the bridge's code. */
final class Signer {
  private Signer() {}

  record Field(String name, String value) {}

  static String sign(String token, String url, List<Field> fields) {
    return sign(token, url + text(fields));
  }

  static String sign(String token, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Each name with each of its distinct values, both sorted. */
  static String text(List<Field> fields) {
    StringBuilder text = new StringBuilder();
    sorted(fields)
        .forEach((name, values) -> values.forEach(value -> text.append(name).append(value)));
    return text.toString();
  }

  /** Repeated fields folded into one value, as the SDK's validator needs them. */
  static Map<String, String> folded(List<Field> fields) {
    Map<String, String> folded = new TreeMap<>();
    sorted(fields).forEach((name, values) -> folded.put(name, String.join(name, values)));
    return folded;
  }

  static String encoded(List<Field> fields) {
    return fields.stream()
        .map(
            field ->
                URLEncoder.encode(field.name(), UTF_8)
                    + "="
                    + URLEncoder.encode(field.value(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, SortedSet<String>> sorted(List<Field> fields) {
    Map<String, SortedSet<String>> sorted = new TreeMap<>();
    fields.forEach(
        field -> sorted.computeIfAbsent(field.name(), key -> new TreeSet<>()).add(field.value()));
    return sorted;
  }
}
