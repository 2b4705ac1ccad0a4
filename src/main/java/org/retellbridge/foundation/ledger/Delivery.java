package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;

/** What came of one attempt to deliver. */
public sealed interface Delivery {
  /**
   * The vendor took it.
   *
   * @param vendorId the vendor's name for it; empty text where it has none
   */
  record Delivered(String vendorId) implements Delivery {}

  /**
   * Not now; what follows for the same customer waits as well.
   *
   * @param reason for the console: the vendor's code, no data
   * @param retryAfter what the vendor asked for ({@code Retry-After})
   */
  record Later(String reason, Optional<Duration> retryAfter) implements Delivery {}

  /**
   * The vendor will never take it: a dead letter.
   *
   * @param reason for the console: the vendor's code, no data
   */
  record Never(String reason) implements Delivery {}
}
