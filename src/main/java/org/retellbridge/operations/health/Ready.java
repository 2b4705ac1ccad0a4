package org.retellbridge.operations.health;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.retellbridge.foundation.resilience.Standby;

/**
 * New calls may come here. That does not depend on a vendor: without one, callers still get the
 * fallback ladder, and a node that is not ready could give them nothing at all.
 */
@Readiness
public class Ready implements HealthCheck {
  private final Supplier<Stream<Standby>> standbys;

  /**
   * Looked up for each question, and not injected: Payara puts what an extension adds into an
   * archive of its own, which sees none of the application's beans.
   */
  public Ready() {
    this(() -> CDI.current().select(Standby.class, Any.Literal.INSTANCE).stream());
  }

  Ready(Supplier<Stream<Standby>> standbys) {
    this.standbys = standbys;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("bridge-ready")
        .status(!draining())
        .withData("draining", draining())
        .build();
  }

  boolean draining() {
    return standbys.get().anyMatch(Standby::wanted);
  }
}
