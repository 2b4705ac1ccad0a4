package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.retellbridge.foundation.webhooks.SignedRequest;

/**
 * The fields of a form or of a query, decoded as UTF-8 and untrimmed. A field may occur several
 * times.
 */
final class Fields {
  static final Fields NONE = new Fields(Map.of());

  private final Map<String, List<String>> values;

  private Fields(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Parses {@code a=1&b=2}.
   *
   * @throws IllegalArgumentException for a broken percent escape
   */
  static Fields parse(String encoded) {
    return parse(encoded, false);
  }

  /** The fields of a query, without those whose percent escapes are broken: users write URLs. */
  static Fields ofQuery(String query) {
    return parse(query, true);
  }

  private static Fields parse(String encoded, boolean lenient) {
    if (encoded.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    int start = 0;
    while (start <= encoded.length()) {
      int end = encoded.indexOf('&', start);
      if (end < 0) {
        end = encoded.length();
      }
      if (end > start) {
        try {
          add(values, encoded.substring(start, end));
        } catch (IllegalArgumentException e) {
          if (!lenient) {
            throw e;
          }
        }
      }
      start = end + 1;
    }
    return new Fields(values);
  }

  private static void add(Map<String, List<String>> values, String pair) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
  }

  static Fields parse(byte[] body) {
    return parse(new String(body, UTF_8));
  }

  /**
   * The fields of a request's form.
   *
   * @throws IllegalArgumentException for a broken percent escape
   */
  static Fields of(SignedRequest request) {
    return request.once(Fields.class, form -> parse(form.body()));
  }

  /** The first value that is not empty. */
  Optional<String> find(String name) {
    for (String value : values.getOrDefault(name, List.of())) {
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /**
   * Appends what Twilio signs: each name with each of its distinct values, both in code-unit order.
   */
  void appendSorted(StringBuilder text) {
    for (String name : new TreeSet<>(values.keySet())) {
      for (String value : distinct(values.get(name))) {
        text.append(name).append(value);
      }
    }
  }

  private static Collection<String> distinct(List<String> values) {
    return values.size() == 1 ? values : new TreeSet<>(values);
  }

  private static String decode(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : URLDecoder.decode(text, UTF_8);
  }
}
