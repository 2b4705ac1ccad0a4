package org.retellbridge.twin.segment;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * One identify, track or other call as Segment took it.
 *
 * @param fate {@code applied}, {@code held}, or why nothing came of it
 */
public record SegmentMessage(
    String type, String messageId, Instant timestamp, JsonObject body, String fate) {

  SegmentMessage fate(String other) {
    return new SegmentMessage(type, messageId, timestamp, body, other);
  }

  public boolean applied() {
    return fate.equals("applied");
  }
}
