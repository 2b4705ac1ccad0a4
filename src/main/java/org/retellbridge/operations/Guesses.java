package org.retellbridge.operations;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.webhooks.LineLimit;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.operations.LoginAttempts.Attempt;

/**
 * Slows whoever guesses the operations token, counts that, and writes it down. While an address has
 * to wait, the right token is not looked at either: else waiting would cost a guess nothing. On the
 * node itself it opens at any time, since a server that stops must be drained. Each door has waits
 * of its own, so that guesses at the one do not shut the other.
 */
@ApplicationScoped
public class Guesses {
  private static final System.Logger LOGGER = System.getLogger(Guesses.class.getName());
  private static final String REFUSED = "bridge.operators.refused";
  private static final String WRONG = "wrong";
  private static final String EARLY = "early";

  private LoginAttempts attempts;
  private ClientAddress address;
  private Metrics metrics;
  private LineLimit lines;

  Guesses() {}

  @Inject
  Guesses(LoginAttempts attempts, ClientAddress address, Metrics metrics) {
    this(attempts, address, metrics, new LineLimit(System::nanoTime));
  }

  Guesses(LoginAttempts attempts, ClientAddress address, Metrics metrics, LineLimit lines) {
    this.attempts = attempts;
    this.address = address;
    this.metrics = metrics;
    this.lines = lines;
    for (Door door : Door.values()) {
      metrics.expect(REFUSED, "door", door.label, "reason", WRONG);
      metrics.expect(REFUSED, "door", door.label, "reason", EARLY);
    }
  }

  /** Where the token is shown. */
  public enum Door {
    /** In each request for the operating side. */
    TOKEN("token"),
    /** Once, to open the console. */
    LOGIN("login");

    private final String label;

    Door(String label) {
      this.label = label;
    }
  }

  /**
   * Lets somebody try.
   *
   * @param right whether the request holds the right token
   */
  public Attempt attempt(Door door, SignedRequest request, BooleanSupplier right) {
    if (door == Door.TOKEN && address.here(request) && right.getAsBoolean()) {
      return Attempt.RIGHT;
    }
    String from = address.of(request);
    Attempt attempt = attempts.make(door.label + " " + from, right);
    if (!attempt.right()) {
      String reason = attempt.early() ? EARLY : WRONG;
      metrics.count(REFUSED, "door", door.label, "reason", reason);
      lines
          .pass(door.label + " " + reason)
          .ifPresent(leftOut -> tell(request, from, attempt, leftOut));
    }
    return attempt;
  }

  private static void tell(SignedRequest request, String from, Attempt attempt, long leftOut) {
    LOGGER.log(
        WARNING,
        "Refused {0} {1} from {2}: {3}{4}",
        request.method(),
        request.rawPath(),
        ClientAddress.shown(from),
        attempt.early()
            ? "after wrong operations tokens none is looked at for "
                + (attempt.pause().toSeconds() + 1)
                + " s"
            : "wrong operations token",
        LineLimit.more(leftOut));
  }
}
