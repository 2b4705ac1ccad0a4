package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.Method;
import java.time.Duration;
import org.retellbridge.foundation.metrics.Metrics;

/** What is measured of every function, shown from the start: nobody has called most of them yet. */
@ApplicationScoped
public class FunctionMeters {
  private static final String DURATION = "bridge.function.duration";
  private static final String REPEATS = "bridge.repeats";
  private static final String UNKNOWN = "bridge.effects.unknown";

  private Metrics metrics;

  FunctionMeters() {}

  @Inject
  FunctionMeters(FunctionDiscovery functions, Metrics metrics) {
    this.metrics = metrics;
    functions.classes().stream().flatMap(FunctionMethods::of).forEach(this::expect);
  }

  void answered(String path, Answer.Outcome outcome, Duration took) {
    metrics.time(DURATION, took, "function", path, "outcome", outcome.label());
    if (outcome == Answer.Outcome.REPEATED) {
      metrics.count(REPEATS, "what", path.substring(1));
    }
  }

  private void expect(Method function) {
    String path = FunctionMethods.path(function);
    if (FunctionMethods.annotation(function).effect() != RetellFunction.Effect.NONE) {
      metrics.expect(UNKNOWN, "kind", OnlyOnce.kindOf(path));
    }
    metrics.expect(REPEATS, "what", path.substring(1));
    for (Answer.Outcome outcome : Answer.Outcome.values()) {
      metrics.expectTimes(DURATION, "function", path, "outcome", outcome.label());
    }
  }
}
