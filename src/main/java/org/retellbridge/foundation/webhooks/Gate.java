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

  Gate() {}

  @Inject
  Gate(Proofs proofs, Metrics metrics) {
    this.proofs = proofs;
    this.metrics = metrics;
  }

  /**
   * Checks the request against the accepted proofs.
   *
   * @param accepted the proofs that this endpoint takes, the usual one first
   * @return empty when the request is genuine, else the refusal to send
   */
  public Optional<Response> refuse(SignedRequest request, List<Proof> accepted) {
    List<Proof> claimed = proofs.claimed(request);
    Proof usual = accepted.get(0);
    if (claimed.size() != 1 || !accepted.contains(claimed.get(0))) {
      return Optional.of(refusal(usual, Verdict.MISSING));
    }
    Proof proof = claimed.get(0);
    Verdict verdict = proof.verify(request);
    return verdict == Verdict.GENUINE
        ? Optional.empty()
        : Optional.of(refusal(accepted.size() > 1 ? usual : proof, verdict));
  }

  private Response refusal(Proof proof, Verdict verdict) {
    metrics.count(
        "bridge.signature.failures", "vendor", proof.vendor(), "reason", verdict.reason());
    LOGGER.log(WARNING, "Refused a request: {0} signature {1}", proof.vendor(), verdict.reason());
    return Problem.of(proof.refusal().getStatusCode(), "Signature " + verdict.reason()).response();
  }
}
