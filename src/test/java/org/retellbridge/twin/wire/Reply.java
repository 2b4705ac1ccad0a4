package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonStructure;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a vendor answers. */
public record Reply(int status, Map<String, String> headers, byte[] body) {

  public static Reply json(int status, JsonStructure json) {
    return json(status, json.toString());
  }

  public static Reply json(int status, String json) {
    return text(status, "application/json; charset=utf-8", json);
  }

  public static Reply text(int status, String contentType, String text) {
    return new Reply(status, Map.of("Content-Type", contentType), text.getBytes(UTF_8));
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }

  public String text() {
    return new String(body, UTF_8);
  }
}
