package org.retellbridge.partner.retell;

import java.time.Clock;
import org.retellbridge.foundation.settings.Settings;

/** Signs as Retell does, for those who shall take our word for Retell's. */
public final class RetellSigner {
  private final RetellSignature signature;
  private final Clock clock;

  private RetellSigner(RetellSignature signature, Clock clock) {
    this.signature = signature;
    this.clock = clock;
  }

  /** With the first of {@code RETELL_WEBHOOK_KEY}. */
  public static RetellSigner of(Settings settings, Clock clock) {
    return new RetellSigner(new RetellSignature(RetellProof.keys(settings)), clock);
  }

  /** {@code X-Retell-Signature} of the body, now. */
  public String header(byte[] body) {
    return signature.header(body, clock.millis());
  }
}
