package org.retellbridge.foundation.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The bridge's meters. Names and tags follow Micrometer's habits: dots in names, tags as pairs of
 * key and value. A tag never holds a number, a name or a SID: each new value is a new time series.
 * What each name means stands in {@link Glossary} and docs/metrics.md.
 */
@ApplicationScoped
public class Metrics {
  /** From a warm look-up to the longest budget, with Twilio's and Retell's limits among them. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(4),
    Duration.ofSeconds(8),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  // Asking the registry means building and sorting tags for every request.
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** The server's own metrics are closed to the outside, so the process is measured here. */
  @PostConstruct
  void open() {
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Adds one. */
  public void count(String name, String... tags) {
    counter(name, tags).increment();
  }

  /** Shows a counter as 0 before anything happened: an alert cannot see the first of nothing. */
  public void expect(String name, String... tags) {
    counter(name, tags);
  }

  /** Records how long something took. */
  public void time(String name, Duration duration, String... tags) {
    timer(name, tags).record(duration);
  }

  /** Shows a timer before anything took time, as {@link #expect} does with counters. */
  public void expectTimes(String name, String... tags) {
    timer(name, tags);
  }

  /** Shows a value that is asked for at each scrape. */
  public void gauge(String name, Supplier<Number> value, String... tags) {
    Gauge.builder(name, value)
        .tags(tags)
        .description(Glossary.meaning(name))
        .strongReference(true)
        .register(registry);
  }

  /** Everything in Prometheus' text form. */
  public String scrape() {
    return registry.scrape();
  }

  /** While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    close();
  }

  @PreDestroy
  void close() {
    collections.close();
    registry.close();
  }

  private Counter counter(String name, String... tags) {
    Key key = new Key(name, Arrays.asList(tags));
    Counter counter = counters.get(key);
    return counter == null ? counters.computeIfAbsent(key, this::counter) : counter;
  }

  private Counter counter(Key key) {
    return Counter.builder(key.name())
        .tags(key.tags().toArray(String[]::new))
        .description(Glossary.meaning(key.name()))
        .register(registry);
  }

  private Timer timer(String name, String... tags) {
    Key key = new Key(name, Arrays.asList(tags));
    Timer timer = timers.get(key);
    return timer == null ? timers.computeIfAbsent(key, this::timer) : timer;
  }

  private Timer timer(Key key) {
    return Timer.builder(key.name())
        .tags(key.tags().toArray(String[]::new))
        .description(Glossary.meaning(key.name()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private record Key(String name, List<String> tags) {}
}
