package org.retellbridge.operations.health;

import jakarta.enterprise.inject.spi.CDI;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.retellbridge.foundation.switches.Draining;

/**
 * New calls may come here. That does not depend on a vendor: without one, callers still get the
 * fallback ladder, and a node that is not ready could give them nothing at all.
 */
@Readiness
public class Ready implements HealthCheck {
  private final BooleanSupplier drained;

  /**
   * Looked up for each question, and not injected: Payara puts what an extension adds into an
   * archive of its own, which sees none of the application's beans.
   */
  public Ready() {
    this(() -> CDI.current().select(Draining.class).stream().anyMatch(Draining::on));
  }

  Ready(BooleanSupplier drained) {
    this.drained = drained;
  }

  @Override
  public HealthCheckResponse call() {
    boolean draining = draining();
    return HealthCheckResponse.named("bridge-ready")
        .status(!draining)
        .withData("draining", draining)
        .build();
  }

  boolean draining() {
    return drained.getAsBoolean();
  }
}
