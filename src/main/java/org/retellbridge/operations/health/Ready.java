package org.retellbridge.operations.health;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
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
  private final List<Standby> standbys;

  @Inject
  Ready(@Any Instance<Standby> standbys) {
    this(standbys.stream().toList());
  }

  Ready(List<Standby> standbys) {
    this.standbys = standbys;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("bridge")
        .status(!draining())
        .withData("draining", draining())
        .build();
  }

  boolean draining() {
    return standbys.stream().anyMatch(Standby::wanted);
  }
}
