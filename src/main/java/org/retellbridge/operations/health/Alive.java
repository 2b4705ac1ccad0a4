package org.retellbridge.operations.health;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** The process answers. Nothing else belongs here: a restart mends neither a vendor nor a disk. */
@Liveness
public class Alive implements HealthCheck {

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.up("bridge-alive");
  }
}
