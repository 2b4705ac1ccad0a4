package org.retellbridge.foundation.webhooks;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.retellbridge.foundation.problems.Problem;

/** Why a body was not taken. */
enum Refusal {
  TOO_LARGE(413, "Content Too Large"),
  ENCODED(415, "Content-Encoding is not supported"),
  TOO_SLOW(408, "Request Timeout"),
  BUSY(503, "Too many bytes are on their way in");

  private final Problem problem;

  Refusal(int status, String title) {
    this.problem = Problem.of(status, title);
  }

  /** The reason as a metric tag. */
  String reason() {
    return name().toLowerCase(Locale.ROOT);
  }

  int status() {
    return problem.status();
  }

  /** What the log says of it. */
  String sentence() {
    return problem.title() + " (" + problem.status() + ")";
  }

  void answer(HttpServletResponse response) throws IOException {
    response.setStatus(problem.status());
    // The rest of the body is not worth reading.
    response.setHeader("Connection", "close");
    if (this == BUSY) {
      response.setHeader("Retry-After", "1");
    }
    response.setContentType(Problem.MEDIA_TYPE);
    response.getOutputStream().write(problem.toBytes());
  }
}
