package org.retellbridge.foundation.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All vendors' proofs. */
@ApplicationScoped
public class Proofs {
  private List<Proof> all = List.of();

  Proofs() {}

  @Inject
  Proofs(@Any Instance<Proof> all) {
    this.all = all.stream().toList();
  }

  /**
   * The proof whose header the request bears in the right form; empty when it bears two vendors'.
   */
  Optional<Proof> plausible(SignedRequest request) {
    List<Proof> claimed = claimed(request);
    return claimed.size() == 1
        ? request
            .header(claimed.get(0).header())
            .filter(claimed.get(0)::plausible)
            .map(x -> claimed.get(0))
        : Optional.empty();
  }

  /** The proofs whose header is there, well-formed or not. */
  List<Proof> claimed(SignedRequest request) {
    List<Proof> claimed = new ArrayList<>(1);
    for (Proof proof : all) {
      if (request.bears(proof.header())) {
        claimed.add(proof);
      }
    }
    return claimed;
  }

  List<String> vendors() {
    return all.stream().map(Proof::vendor).toList();
  }

  Proof named(String vendor) {
    return all.stream()
        .filter(proof -> proof.vendor().equals(vendor))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no proof is named " + vendor));
  }
}
