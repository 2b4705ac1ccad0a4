package org.retellbridge.foundation.webhooks;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.retellbridge.foundation.metrics.Metrics;

/**
 * Refuses bodies, counts that, and writes it down: no gate hears of such a request, and whoever
 * looks for a vendor's call that never came finds it here.
 */
@ApplicationScoped
public class Refusals {
  private static final System.Logger LOGGER = System.getLogger(Refusals.class.getName());
  private static final String REFUSED = "bridge.bodies.refused";

  private Metrics metrics;
  private LineLimit lines;

  Refusals() {}

  @Inject
  Refusals(Proofs proofs, Metrics metrics) {
    this(proofs, metrics, new LineLimit(System::nanoTime));
  }

  Refusals(Proofs proofs, Metrics metrics, LineLimit lines) {
    this.metrics = metrics;
    this.lines = lines;
    proofs.vendors().forEach(this::expect);
  }

  private void expect(String vendor) {
    for (Refusal refusal : Refusal.values()) {
      metrics.expect(REFUSED, "vendor", vendor, "reason", refusal.reason());
    }
  }

  void answer(
      Refusal refusal, String vendor, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    metrics.count(REFUSED, "vendor", vendor, "reason", refusal.reason());
    lines
        .pass(vendor + " " + refusal.reason())
        .ifPresent(leftOut -> tell(refusal, vendor, SignedRequest.of(request), leftOut));
    refusal.answer(response);
  }

  private static void tell(Refusal refusal, String vendor, SignedRequest request, long leftOut) {
    LOGGER.log(
        WARNING,
        "Refused {0} {1}: {2} body: {3}{4}",
        request.method(),
        request.rawPath(),
        vendor,
        refusal.sentence(),
        LineLimit.more(leftOut));
  }
}
