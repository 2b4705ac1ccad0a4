package org.retellbridge.foundation.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.retellbridge.foundation.metrics.Metrics;

/** How one vendor has been doing: measures every request to it and remembers the last ones. */
public final class Pulse {
  /** The outcome of a request that the vendor carried out. */
  private static final String OK = "ok";

  private static final int REMEMBERED = 128;
  private static final String REQUESTS = "bridge.vendor.request.duration";

  private final Metrics metrics;
  private final String vendor;
  private final AtomicLongArray recent = new AtomicLongArray(REMEMBERED);
  private final AtomicInteger successes = new AtomicInteger();
  private volatile String unreached = "";
  private volatile Instant lastSuccess;
  private volatile Failure lastFailure;

  /**
   * @param vendor the vendor's name in metrics and {@code /status}
   */
  public Pulse(Metrics metrics, String vendor) {
    this.metrics = metrics;
    this.vendor = vendor;
    metrics.expectTimes(REQUESTS, "vendor", vendor, "outcome", OK);
    // The first one is alerted.
    metrics.expectTimes(REQUESTS, "vendor", vendor, "outcome", VendorFailure.Kind.FAULT.label());
    metrics.gauge(
        "bridge.vendor.last.success",
        () -> lastSuccess == null ? 0 : lastSuccess.getEpochSecond(),
        "vendor",
        vendor);
  }

  /** The vendor did as it was asked. */
  public void beat(Duration took) {
    time(took, OK);
    unreached = "";
    recent.set(Math.floorMod(successes.getAndIncrement(), REMEMBERED), took.toNanos());
    lastSuccess = Instant.now();
  }

  /** It did not, or was not even asked. */
  public void missed(Duration took, VendorFailure failure) {
    if (failure.kind().tellsOfVendor()) {
      unreached = failure.why();
    }
    missed(took, failure.kind());
  }

  /** It understood and said no, which whoever asked takes for an answer. */
  public void refused(Duration took) {
    unreached = "";
    missed(took, VendorFailure.Kind.REFUSED);
  }

  private void missed(Duration took, VendorFailure.Kind kind) {
    time(took, kind.label());
    lastFailure = new Failure(kind.label(), Instant.now());
  }

  private void time(Duration took, String outcome) {
    metrics.time(REQUESTS, took, "vendor", vendor, "outcome", outcome);
  }

  public String vendor() {
    return vendor;
  }

  public Optional<Instant> lastSuccess() {
    return Optional.ofNullable(lastSuccess);
  }

  public Optional<Failure> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** Why no connection came about when one was tried last; empty when one did. */
  public Optional<String> unreached() {
    return Optional.of(unreached).filter(why -> !why.isEmpty());
  }

  /** Of the last 128 successes; empty before the first. */
  public Optional<Latency> latency() {
    int count = Math.min(successes.get(), REMEMBERED);
    if (count <= 0) {
      return Optional.empty();
    }
    long[] sorted = new long[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = recent.get(i);
    }
    Arrays.sort(sorted);
    return Optional.of(new Latency(at(sorted, 50), at(sorted, 95)));
  }

  private static Duration at(long[] sorted, int percent) {
    int rank = (sorted.length * percent + 99) / 100;
    return Duration.ofNanos(sorted[rank - 1]);
  }

  /** What went wrong last, and when. */
  public record Failure(String kind, Instant at) {}

  /** How long half of the requests took at most, and 95 of 100. */
  public record Latency(Duration p50, Duration p95) {}
}
