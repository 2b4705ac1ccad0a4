package org.retellbridge.foundation.webhooks;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.problems.Problem;

/** Lets a request through when exactly one accepted vendor signed it, and nobody else claims it. */
@ApplicationScoped
public class Gate {
  private static final System.Logger LOGGER = System.getLogger(Gate.class.getName());

  private Proofs proofs;
  private Metrics metrics;
  private LineLimit lines;

  Gate() {}

  @Inject
  Gate(Proofs proofs, Metrics metrics) {
    this(proofs, metrics, new LineLimit(System::nanoTime));
  }

  Gate(Proofs proofs, Metrics metrics, LineLimit lines) {
    this.proofs = proofs;
    this.metrics = metrics;
    this.lines = lines;
    proofs.vendors().forEach(this::expectFailures);
  }

  /**
   * Checks the request against the accepted proofs.
   *
   * @param accepted the vendors whose signature this endpoint takes, by their {@link
   *     Proof#vendor()}; where there are several, exactly one must be there (403)
   * @return empty when the request is genuine, else the refusal to send
   */
  public Optional<Response> refuse(SignedRequest request, List<String> accepted) {
    List<Proof> claimed = proofs.claimed(request);
    if (claimed.size() != 1 || !accepted.contains(claimed.get(0).vendor())) {
      return Optional.of(refusal(request, accepted, Verdict.MISSING));
    }
    Verdict verdict = claimed.get(0).verify(request);
    if (verdict != Verdict.GENUINE) {
      return Optional.of(refusal(request, accepted, verdict));
    }
    request.provenBy(claimed.get(0));
    return Optional.empty();
  }

  private void expectFailures(String vendor) {
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.GENUINE) {
        metrics.expect("bridge.signature.failures", "vendor", vendor, "reason", verdict.reason());
      }
    }
  }

  private Response refusal(SignedRequest request, List<String> accepted, Verdict verdict) {
    Proof usual = proofs.named(accepted.get(0));
    Response.Status status = accepted.size() > 1 ? Response.Status.FORBIDDEN : usual.refusal();
    metrics.count(
        "bridge.signature.failures", "vendor", usual.vendor(), "reason", verdict.reason());
    lines
        .pass(usual.vendor() + " " + verdict.reason())
        .ifPresent(leftOut -> tell(request, usual, verdict, leftOut));
    return Problem.of(status.getStatusCode(), "Signature " + verdict.reason()).response();
  }

  private static void tell(SignedRequest request, Proof usual, Verdict verdict, long leftOut) {
    LOGGER.log(
        WARNING,
        "Refused {0} {1}: {2} signature {3}; {4}{5}",
        request.method(),
        request.rawPath(),
        usual.vendor(),
        verdict.reason(),
        reason(request, usual, verdict),
        LineLimit.more(leftOut));
  }

  private static String reason(SignedRequest request, Proof usual, Verdict verdict) {
    Optional<String> time =
        verdict == Verdict.STALE ? usual.differenceOfTime(request) : Optional.empty();
    return time.orElseGet(() -> "it is checked with " + usual.checkedWith(request));
  }
}
