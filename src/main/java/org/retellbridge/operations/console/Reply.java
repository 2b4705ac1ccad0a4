package org.retellbridge.operations.console;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.retellbridge.operations.WithoutLedger;

/** How the page's questions are answered. */
final class Reply {
  private Reply() {}

  static Response json(String body) {
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
  }

  /** JSON, or 503 while the ledger is down. */
  static CompletionStage<Response> to(CompletionStage<String> body) {
    return body.thenApply(Reply::json).exceptionally(Reply::down);
  }

  static Response down(Throwable thrown) {
    return WithoutLedger.answer(thrown, "The ledger is down");
  }
}
