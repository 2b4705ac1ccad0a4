package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.retellbridge.foundation.metrics.Metrics;

/** The meters, for Prometheus. */
@Path("/prometheus")
@ApplicationScoped
@OperatorsOnly
public class PrometheusResource {
  private Metrics metrics;

  public PrometheusResource() {}

  @Inject
  PrometheusResource(Metrics metrics) {
    this.metrics = metrics;
  }

  @GET
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  public String scrape() {
    return metrics.scrape();
  }
}
