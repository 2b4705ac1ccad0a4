package org.retellbridge.foundation.webhooks;

import jakarta.ws.rs.core.Response;
import java.util.List;

/** A single vendor, whose header may say anything and is never right. */
final class OnlyTwin extends Proofs {
  static final String HEADER = "X-Twin";

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
      return Verdict.MISMATCH;
    }

    @Override
    public String checkedWith(SignedRequest request) {
      return "KEY";
    }
  }
}
