package org.retellbridge.partner.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Answers of Segment, as files. */
final class Payload {
  private Payload() {}

  static String of(String name) {
    try (InputStream in =
        Payload.class.getResourceAsStream("/payloads/segment/" + name + ".json")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
