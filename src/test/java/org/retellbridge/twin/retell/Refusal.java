package org.retellbridge.twin.retell;

import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;

/** Retell says no: a status and {@code {"status":"error","message":…}} (documented). */
final class Refusal extends RuntimeException {

  private final int status;

  Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  Reply reply() {
    return Reply.json(
        status, Json.object().add("status", "error").add("message", getMessage()).build());
  }
}
