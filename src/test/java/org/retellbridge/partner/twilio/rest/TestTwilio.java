package org.retellbridge.partner.twilio.rest;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;

/** The adapters without a server around them. */
final class TestTwilio implements AutoCloseable {
  static final String ACCOUNT = "AC00000000000000000000000000000001";
  static final String WORKSPACE = "WS00000000000000000000000000000001";
  static final String WORKFLOW = "WW00000000000000000000000000000001";
  static final String SERVICE = "MG00000000000000000000000000000001";

  static {
    // The time limits here are short, and the SDK's classes take long to load.
    Rehearsal.play();
  }

  private static final ThreadFactory DAEMONS =
      work -> {
        Thread thread = new Thread(work, "twilio-test");
        thread.setDaemon(true);
        return thread;
      };

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(DAEMONS);
  private final TwilioThreads threads = new TwilioThreads();
  private final Settings settings;
  private final TwilioRest rest;

  private TestTwilio(int most, Settings settings) {
    this.settings = settings;
    threads.open(DAEMONS, most);
    rest = new TwilioRest(settings, scheduler, threads, new Metrics());
  }

  static TestTwilio at(URI base, String... more) {
    return with(8, base, more);
  }

  static TestTwilio with(int most, URI base, String... more) {
    List<String> pairs =
        new ArrayList<>(
            List.of(
                "ACCOUNT_SID", ACCOUNT,
                "TWILIO_API_BASE_URL", base.toString(),
                "FUNCTION_BUDGET", "PT5S",
                "WORKSPACE_SID", WORKSPACE,
                "WORKFLOW_SID", WORKFLOW));
    Collections.addAll(pairs, more);
    return new TestTwilio(most, TestSettings.of(pairs.toArray(String[]::new)));
  }

  static TestTwilio of(Map<String, String> settings) {
    return new TestTwilio(32, TestSettings.of(settings));
  }

  TwilioRest rest() {
    return rest;
  }

  TwilioCheckup checkup() {
    return new TwilioCheckup(settings, rest);
  }

  LiveCalls calls() {
    return new LiveCalls(rest);
  }

  Messages messages() {
    return new Messages(rest, settings);
  }

  Tasks tasks() {
    return new Tasks(rest, settings);
  }

  static <T> T result(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** What kind of trouble it came to. */
  static VendorFailure.Kind trouble(CompletionStage<?> stage) {
    try {
      throw new AssertionError("it came to " + result(stage));
    } catch (CompletionException e) {
      return ((VendorFailure) e.getCause()).kind();
    }
  }

  @Override
  public void close() {
    threads.close();
    scheduler.shutdownNow();
  }
}
