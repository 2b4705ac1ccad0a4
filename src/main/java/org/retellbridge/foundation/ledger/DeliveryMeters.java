package org.retellbridge.foundation.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.retellbridge.foundation.metrics.Metrics;

/** What is measured of deliveries, shown from the start: most couriers have had nothing to do. */
@ApplicationScoped
public class DeliveryMeters {

  DeliveryMeters() {}

  @Inject
  DeliveryMeters(@Any Instance<Courier> couriers, Metrics metrics) {
    for (Courier courier : couriers) {
      metrics.expect(Counters.DIED, "kind", courier.kind());
      for (Class<?> outcome : Delivery.class.getPermittedSubclasses()) {
        metrics.expect(
            Counters.DELIVERIES, "kind", courier.kind(), "outcome", Couriers.name(outcome));
      }
    }
  }
}
