package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;

/** What came of one attempt to deliver. */
public sealed interface Delivery {
  /** The vendor took it. */
  record Delivered() implements Delivery {}

  /**
   * Not now; what follows for the same customer waits as well.
   *
   * @param reason for the console: the vendor's code, no data
   * @param retryAfter what the vendor asked for ({@code Retry-After})
   */
  record Later(String reason, Optional<Duration> retryAfter) implements Delivery {
    private static final Duration SOON = Duration.ofSeconds(10);

    /**
     * Not on this node, but perhaps on another one, such as during a rolling update. However often
     * it is this node's turn, another one's comes soon.
     *
     * @param reason for the console: the setting that is missing here
     */
    public static Later notHere(String reason) {
      return new Later(reason, Optional.of(SOON));
    }
  }

  /**
   * The vendor will never take it: a dead letter.
   *
   * @param reason for the console: the vendor's code, no data
   */
  record Never(String reason) implements Delivery {}
}
