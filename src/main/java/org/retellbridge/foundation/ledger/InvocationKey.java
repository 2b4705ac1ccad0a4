package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * What tells one invocation of a function from another of the same call.
 *
 * @param value an id, or a digest of the arguments
 * @param window how long the same value means the same invocation; empty for as long as the ledger
 *     remembers
 */
public record InvocationKey(String value, Optional<Duration> window) {
  private static final Duration SAME_ARGUMENTS = Duration.ofMinutes(15);

  public InvocationKey {
    if (value == null || value.isEmpty() || window.filter(Duration::isNegative).isPresent()) {
      throw new IllegalArgumentException("not an invocation key");
    }
  }

  /** Retell's {@code tool_call_id}, or another vendor's mark of a request and its repeats. */
  public static InvocationKey toolCall(String id) {
    return new InvocationKey("id:" + id, Optional.empty());
  }

  /**
   * Where there is no id: the arguments, for 15 minutes.
   *
   * @param normalised the same text for the same arguments, whatever their order and spacing
   */
  public static InvocationKey arguments(String normalised) {
    return arguments(normalised, SAME_ARGUMENTS);
  }

  /** The same for another time, from when the invocation began. */
  public static InvocationKey arguments(String normalised, Duration window) {
    return new InvocationKey("args:" + Vault.digest(normalised), Optional.of(window));
  }
}
