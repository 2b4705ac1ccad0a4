package org.retellbridge.twin.retell;

import jakarta.json.JsonObject;
import java.util.List;
import org.retellbridge.twin.wire.Exchange;

/**
 * What came of a function call.
 *
 * @param attempts every request with its answer; only the last reaches the model (documented)
 */
public record ToolAnswer(List<Exchange> attempts) {

  /** Longer answers are cut before the model sees them (documented). */
  public static final int MODEL_LIMIT = 15_000;

  public Exchange last() {
    return attempts.get(attempts.size() - 1);
  }

  public int status() {
    return last().status();
  }

  public boolean ok() {
    return last().ok();
  }

  public JsonObject json() {
    return last().json();
  }

  /** Whether the model got less than the function said. */
  public boolean cut() {
    return last().text().length() > MODEL_LIMIT;
  }

  /**
   * What the model reads. Whether it sees the body of a failure is unknown; here it sees the status
   * only.
   */
  public String heardByModel() {
    if (!last().answered()) {
      return "Error: " + last().failure();
    }
    if (!ok()) {
      return "Error: request failed with status code " + status();
    }
    String text = last().text();
    return cut() ? text.substring(0, MODEL_LIMIT) : text;
  }
}
