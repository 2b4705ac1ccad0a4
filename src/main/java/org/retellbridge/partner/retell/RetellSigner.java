package org.retellbridge.partner.retell;

import java.time.Clock;
import java.util.Optional;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.retell.RetellSignature.Header;

/** Signs as Retell does, for those who shall take our word for Retell's. */
public final class RetellSigner {
  private final RetellSignature signature;
  private final Clock clock;
  private final Optional<ReplayGuard> here;

  private RetellSigner(RetellSignature signature, Clock clock, Optional<ReplayGuard> here) {
    this.signature = signature;
    this.clock = clock;
    this.here = here;
  }

  /** With the first of {@code RETELL_WEBHOOK_KEY}. */
  public static RetellSigner of(Settings settings, Clock clock) {
    return new RetellSigner(
        new RetellSignature(RetellProof.keys(settings)), clock, Optional.empty());
  }

  /** The same, but this node itself takes nothing that it signs. */
  public static RetellSigner forOthers(Settings settings, Clock clock, ReplayGuard here) {
    return new RetellSigner(
        new RetellSignature(RetellProof.keys(settings)), clock, Optional.of(here));
  }

  /** {@code X-Retell-Signature} of the body, now. */
  public String header(byte[] body) {
    String header = signature.header(body, clock.millis());
    here.ifPresent(guard -> Header.parse(header).map(Header::fingerprint).ifPresent(guard::bar));
    return header;
  }
}
