package org.retellbridge.foundation.webhooks;

import java.util.List;
import org.retellbridge.foundation.metrics.Metrics;

/** A gate that knows one vendor, whose header each request bears. */
public final class TestGate {
  private TestGate() {}

  public static Gate of(Proof proof) {
    Proofs only =
        new Proofs() {
          @Override
          List<Proof> claimed(SignedRequest request) {
            return request.bears(proof.header()) ? List.of(proof) : List.of();
          }

          @Override
          Proof named(String vendor) {
            return proof;
          }
        };
    return new Gate(only, new Metrics());
  }
}
