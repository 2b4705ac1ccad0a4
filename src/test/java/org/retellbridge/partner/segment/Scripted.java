package org.retellbridge.partner.segment;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.VendorFailure;

/** Both of Segment's APIs, answering what a test has written down, and noting what was asked. */
final class Scripted implements ProfileApi, TrackingRestApi, AutoCloseable {
  private final Deque<Supplier<CompletionStage<String>>> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

  Scripted answers(String body) {
    answers.add(() -> CompletableFuture.completedStage(body));
    return this;
  }

  Scripted refuses(int status) {
    return refuses(status, Optional.empty());
  }

  /** As REST clients do it: the failure comes wrapped. */
  Scripted refuses(int status, Optional<Duration> retryAfter) {
    return fails(
        new CompletionException(
            VendorFailure.answered(SegmentLine.VENDOR, status, retryAfter, "not_found")));
  }

  Scripted fails(Throwable thrown) {
    answers.add(() -> CompletableFuture.failedStage(thrown));
    return this;
  }

  Scripted neverAnswers() {
    answers.add(CompletableFuture::new);
    return this;
  }

  /** What was asked: paths with their queries, or bodies. */
  List<String> asked() {
    return asked;
  }

  SegmentLine line() {
    return SegmentLine.of("segment_profiles", Duration.ofSeconds(2), scheduler, new Metrics());
  }

  SegmentLine hurried(Duration budget) {
    return SegmentLine.hurried(budget, scheduler, new Metrics());
  }

  @Override
  public CompletionStage<String> traits(
      String authorization,
      String space,
      String id,
      int limit,
      Optional<String> include,
      Optional<String> next) {
    return answer(
        id + " limit=" + limit + " include=" + include.orElse(null) + " next=" + next.orElse(null));
  }

  @Override
  public CompletionStage<String> events(String authorization, String space, String id, int limit) {
    return answer(id + " limit=" + limit);
  }

  @Override
  public CompletionStage<String> identify(String body) {
    return answer(body);
  }

  @Override
  public CompletionStage<String> track(String body) {
    return answer(body);
  }

  private CompletionStage<String> answer(String question) {
    asked.add(question);
    return answers.isEmpty()
        ? CompletableFuture.failedStage(new AssertionError("nothing is written down for this"))
        : answers.remove().get();
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
