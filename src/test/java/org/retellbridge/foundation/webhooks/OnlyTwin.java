package org.retellbridge.foundation.webhooks;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** A single vendor, whose header may say anything and is never right. */
final class OnlyTwin extends Proofs {
  static final String HEADER = "X-Twin";

  /** A header that is too old. */
  static final String OLD = "old";

  private final Proof proof;

  /**
   * @param bodyLimit the vendor's, in bytes
   */
  OnlyTwin(int bodyLimit) {
    proof = new TwinProof(bodyLimit);
  }

  @Override
  List<Proof> claimed(SignedRequest request) {
    return request.bears(HEADER) ? List.of(proof) : List.of();
  }

  @Override
  List<String> vendors() {
    return List.of(proof.vendor());
  }

  @Override
  Proof named(String vendor) {
    return proof;
  }

  private record TwinProof(int bodyLimit) implements Proof {
    @Override
    public String vendor() {
      return "twin";
    }

    @Override
    public String header() {
      return HEADER;
    }

    @Override
    public Response.Status refusal() {
      return Response.Status.FORBIDDEN;
    }

    @Override
    public boolean plausible(String signature) {
      return true;
    }

    @Override
    public Verdict verify(SignedRequest request) {
      return request.header(HEADER).filter(OLD::equals).isPresent()
          ? Verdict.STALE
          : Verdict.MISMATCH;
    }

    @Override
    public String checkedWith(SignedRequest request) {
      return "KEY";
    }

    @Override
    public Optional<String> differenceOfTime(SignedRequest request) {
      return Optional.of("look at the clock");
    }
  }
}
