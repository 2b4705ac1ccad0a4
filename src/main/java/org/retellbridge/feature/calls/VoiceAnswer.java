package org.retellbridge.feature.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** TwiML as Twilio wants it: status 200, {@code text/xml}, never cached. */
final class VoiceAnswer {
  private static final MediaType TWIML = new MediaType("text", "xml", Map.of("charset", "UTF-8"));

  private VoiceAnswer() {}

  /** As bytes: for text, Jersey fills 24 KiB of buffers first. */
  static Response of(String twiml) {
    return Response.ok(twiml.getBytes(UTF_8), TWIML).header("Cache-Control", "no-store").build();
  }
}
