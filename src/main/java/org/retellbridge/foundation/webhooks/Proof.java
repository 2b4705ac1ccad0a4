package org.retellbridge.foundation.webhooks;

import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * How one vendor proves that a request is its own. Implementations are CDI beans; the body of a
 * request that bears none of their headers is not even read.
 */
public interface Proof {

  /** The vendor's short name, as it stands in logs and metrics. */
  String vendor();

  /** The header that carries the signature. */
  String header();

  /**
   * The header that a request and its repeats share and no other request has; empty where the
   * vendor marks none. Believed of requests alone that this proof has verified.
   */
  default Optional<String> repeatMark() {
    return Optional.empty();
  }

  /**
   * The field of a body in which the vendor itself names the live telephone call, by its CallSid;
   * empty where it names none. Of any other vendor such a field is somebody's words.
   */
  default Optional<String> callField() {
    return Optional.empty();
  }

  /** The largest body that the vendor sends, in bytes. */
  int bodyLimit();

  /** What a request without a good signature is answered. */
  Response.Status refusal();

  /**
   * Whether the header has the right form and age, so that reading a body for it makes sense. It is
   * asked before the body is read.
   */
  boolean plausible(String signature);

  /** Verifies the signature over the raw bytes. */
  Verdict verify(SignedRequest request);

  /**
   * What a signature is checked with, for the one who set the bridge up and finds it refused in the
   * log: names of settings and the bridge's own address, and nothing of the request but its path.
   */
  String checkedWith(SignedRequest request);

  /**
   * How the time of a signature that is {@link Verdict#STALE} differs from this node's, in words
   * for the same people: no key is to blame then, and often the clock is.
   */
  default Optional<String> differenceOfTime(SignedRequest request) {
    return Optional.empty();
  }
}
