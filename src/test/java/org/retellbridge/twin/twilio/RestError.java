package org.retellbridge.twin.twilio;

import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;

/** Twilio's REST API says no, with its own error code (documented form). */
final class RestError extends RuntimeException {

  private final int status;
  private final int code;

  RestError(int status, int code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static RestError notFound(String what) {
    return new RestError(404, 20404, "The requested resource " + what + " was not found");
  }

  Reply reply() {
    return Reply.json(
        status,
        Json.object()
            .add("code", code)
            .add("message", getMessage())
            .add("more_info", "https://www.twilio.com/docs/errors/" + code)
            .add("status", status)
            .build());
  }
}
