package org.retellbridge.foundation.metrics;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The bridge's meters. Names and tags follow Micrometer's habits: dots in names, tags as pairs of
 * key and value. A tag never holds a number, a name or a SID: each new value is a new time series.
 */
@ApplicationScoped
public class Metrics {
  private static final Duration[] ANSWER_TIMES = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(340),
    Duration.ofMillis(700),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(8),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Adds one. */
  public void count(String name, String... tags) {
    registry.counter(name, tags).increment();
  }

  /** Records how long something took. */
  public void time(String name, Duration duration, String... tags) {
    Timer.builder(name)
        .tags(tags)
        .serviceLevelObjectives(ANSWER_TIMES)
        .register(registry)
        .record(duration);
  }

  /** Shows a value that is asked for at each scrape. */
  public void gauge(String name, Supplier<Number> value, String... tags) {
    io.micrometer.core.instrument.Gauge.builder(name, value).tags(tags).register(registry);
  }

  /** Everything in Prometheus' text form. */
  public String scrape() {
    return registry.scrape();
  }

  @PreDestroy
  void close() {
    registry.close();
  }
}
