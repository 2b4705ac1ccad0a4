package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.switches.AgentSwitches;
import org.retellbridge.foundation.switches.Draining;

/** What operators turned, for metrics: somebody may have forgotten it, and no call may tell. */
@ApplicationScoped
public class SwitchMeters {
  private AgentSwitches agent;
  private Draining draining;
  private Metrics metrics;
  private Clock clock;

  SwitchMeters() {}

  @Inject
  SwitchMeters(AgentSwitches agent, Draining draining, Metrics metrics) {
    this(agent, draining, metrics, Clock.systemUTC());
  }

  SwitchMeters(AgentSwitches agent, Draining draining, Metrics metrics, Clock clock) {
    this.agent = agent;
    this.draining = draining;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** At start, so that they are seen before anybody turns them. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    metrics.gauge("bridge.draining", () -> draining.on() ? 1 : 0);
    metrics.gauge("bridge.ai.share", agent::share);
    metrics.gauge("bridge.ai.open", () -> agent.hours().include(clock.instant()) ? 1 : 0);
  }
}
