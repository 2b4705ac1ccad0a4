package org.retellbridge.partner.retell;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.webhooks.Proof;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.foundation.webhooks.Verdict;
import org.retellbridge.partner.retell.RetellSignature.Header;

/** Retell's signature over body and time. */
@ApplicationScoped
public class RetellProof implements Proof {
  /** The name under which resources accept this proof. */
  public static final String VENDOR = RetellCalls.VENDOR;

  public static final String HEADER = "X-Retell-Signature";

  private static final int BODY_LIMIT = 8 * 1024 * 1024;

  private RetellSignature signature;
  private ReplayGuard replays;
  private Clock clock;

  RetellProof() {}

  @Inject
  RetellProof(Settings settings, ReplayGuard replays) {
    this(keys(settings), replays, Clock.systemUTC());
  }

  RetellProof(List<String> keys, ReplayGuard replays, Clock clock) {
    this.signature = new RetellSignature(keys);
    this.replays = replays;
    this.clock = clock;
  }

  static List<String> keys(Settings settings) {
    return settings
        .find(Catalogue.RETELL_WEBHOOK_KEY)
        .or(() -> settings.find(Catalogue.RETELL_API_KEY).map(List::of))
        .orElse(List.of());
  }

  @Override
  public String vendor() {
    return VENDOR;
  }

  @Override
  public String header() {
    return HEADER;
  }

  /** A second try of Retell's bears the first one's. */
  @Override
  public Optional<String> repeatMark() {
    return Optional.of(header());
  }

  @Override
  public int bodyLimit() {
    return BODY_LIMIT;
  }

  @Override
  public Response.Status refusal() {
    return Response.Status.UNAUTHORIZED;
  }

  @Override
  public boolean plausible(String value) {
    return Header.parse(value).filter(header -> header.fresh(clock.millis())).isPresent();
  }

  @Override
  public String checkedWith(SignedRequest request) {
    return "RETELL_WEBHOOK_KEY, or RETELL_API_KEY without it";
  }

  @Override
  public Optional<String> differenceOfTime(SignedRequest request) {
    return request.header(header()).flatMap(Header::parse).map(this::differenceOfTime);
  }

  private String differenceOfTime(Header header) {
    long seconds = (header.millis() - clock.millis()) / 1_000;
    return "it was made "
        + Math.abs(seconds)
        + (seconds < 0 ? " s before" : " s after")
        + " this node's time, and "
        + RetellSignature.TOLERANCE_MILLIS / 1_000
        + " s are allowed: look at this machine's clock";
  }

  @Override
  public Verdict verify(SignedRequest request) {
    Optional<String> presented = request.header(header());
    if (presented.isEmpty()) {
      return Verdict.MISSING;
    }
    Optional<Header> header = Header.parse(presented.get());
    if (header.isEmpty()) {
      return Verdict.MALFORMED;
    }
    if (!header.get().fresh(clock.millis())) {
      return Verdict.STALE;
    }
    if (!signature.matches(request.body(), header.get())) {
      return Verdict.MISMATCH;
    }
    String place = request.method() + " " + request.rawPath() + "?" + request.rawQuery();
    return replays.admits(header.get().fingerprint(), place) ? Verdict.GENUINE : Verdict.REPLAYED;
  }
}
