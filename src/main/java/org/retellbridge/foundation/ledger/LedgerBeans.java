package org.retellbridge.foundation.ledger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.rehearsal.DuringStart;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/** The ledger inside a server: opened beside the start, closed with the application. */
@ApplicationScoped
public class LedgerBeans {
  /**
   * By then the application has started. A vendor's client that is built while Jersey starts can
   * become the one from which Jersey injects into providers: on Payara Micro 6.2025.10 functions
   * found no request, and failed until the next start.
   */
  private static final Duration STARTED = Duration.ofSeconds(10);

  @Inject private Settings settings;
  @Inject private Timers timers;
  @Inject private Metrics metrics;

  @Any @Inject private Instance<Courier> couriers;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  private final AtomicBoolean closed = new AtomicBoolean();
  private Ledger ledger;
  private DuringStart opening;

  /** At start rather than at the first call. */
  void start(
      @Observes @Priority(DuringStart.FIRST) @Initialized(ApplicationScoped.class) Object event) {
    opening = ledger.start(STARTED);
  }

  /** Whether it opens or not is known before the first call, unless that takes too long. */
  void await(
      @Observes @Priority(DuringStart.LAST) @Initialized(ApplicationScoped.class) Object event) {
    opening.await();
  }

  @PostConstruct
  void build() {
    Path folder = Path.of(settings.get(Catalogue.BRIDGE_DATA_DIR));
    Optional<String> source = settings.find(Catalogue.BRIDGE_DATASOURCE);
    Place place = source.isPresent() ? new Place.Server(source.get()) : new Place.File(folder, "");
    ledger =
        new Ledger(
            LedgerConfig.of(
                place,
                settings.find(Catalogue.BRIDGE_DATA_KEY),
                settings.find(Catalogue.ACCOUNT_SID),
                folder,
                settings.get(Catalogue.RETENTION)),
            couriers,
            metrics,
            LedgerThreads.of(threads),
            timers.scheduler());
  }

  /** While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    close();
  }

  @PreDestroy
  void close() {
    if (closed.compareAndSet(false, true)) {
      ledger.close();
      Store.forgetDrivers();
    }
  }

  /** For {@code /status}. */
  public LedgerState state() {
    return ledger.state();
  }

  /** What operators should look at, a sentence each. */
  public List<String> toLookAt() {
    return ledger.account.sentence().stream().toList();
  }

  @Produces
  @Singleton
  Once once() {
    return ledger.once;
  }

  @Produces
  @Singleton
  Outbox outbox() {
    return ledger.outbox;
  }

  @Produces
  @Singleton
  Calls calls() {
    return ledger.calls;
  }

  @Produces
  @Singleton
  Allowance allowance() {
    return ledger.allowance;
  }

  @Produces
  @Singleton
  VendorEvents vendorEvents() {
    return ledger.vendorEvents;
  }

  @Produces
  @Singleton
  Invocations invocations() {
    return ledger.invocations;
  }

  @Produces
  @Singleton
  Journal journal() {
    return ledger.journal;
  }

  @Produces
  @Singleton
  History history() {
    return ledger.history;
  }

  @Produces
  @Singleton
  Switches switches() {
    return ledger.switches;
  }
}
