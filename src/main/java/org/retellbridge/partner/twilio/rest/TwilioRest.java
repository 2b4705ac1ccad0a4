package org.retellbridge.partner.twilio.rest;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Guard;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/** The one client of Twilio's SDK, with its transport, its breaker and its credentials. */
@ApplicationScoped
public class TwilioRest {
  static final String VENDOR = "twilio";

  private static final System.Logger LOGGER = System.getLogger(TwilioRest.class.getName());
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int UNAUTHORIZED = 401;

  private Settings settings;
  private TwilioThreads threads;
  private Pulse pulse;
  private Duration budget;
  private Guard guard;
  private volatile TwilioRestClient client;

  TwilioRest() {}

  @Inject
  TwilioRest(Settings settings, Timers timers, TwilioThreads threads, Metrics metrics) {
    this(settings, timers.scheduler(), threads, metrics);
  }

  TwilioRest(
      Settings settings,
      ScheduledExecutorService scheduler,
      TwilioThreads threads,
      Metrics metrics) {
    this.settings = settings;
    this.threads = threads;
    this.pulse = new Pulse(metrics, VENDOR);
    // A little less than the function's, so that the agent is told what is known of the outcome.
    this.budget = settings.get(Catalogue.FUNCTION_BUDGET).multipliedBy(9).dividedBy(10);
    this.guard = new Guard(VENDOR, budget, scheduler);
  }

  /** The breaker's state, for {@code /status}. */
  public String breakerState() {
    return guard.breakerState();
  }

  /** How Twilio has been doing, for {@code /status}. */
  public Pulse pulse() {
    return pulse;
  }

  /**
   * Asks Twilio. A refusal is a reply; everything else that goes wrong is a {@link VendorFailure}.
   *
   * @param what what is asked for, for the log
   */
  <T> CompletionStage<TwilioReply<T>> ask(
      String what, Repeat repeat, Function<TwilioRestClient, T> request) {
    return ask(what, repeat, this::client, request);
  }

  /** Reads with one of the account's tokens, whatever credentials calls use. */
  <T> CompletionStage<TwilioReply<T>> askWithToken(
      String what, String token, Function<TwilioRestClient, T> request) {
    return ask(what, Repeat.IF_HARMLESS, () -> build(account(token)), request);
  }

  private <T> CompletionStage<TwilioReply<T>> ask(
      String what,
      Repeat repeat,
      Supplier<TwilioRestClient> client,
      Function<TwilioRestClient, T> request) {
    long start = System.nanoTime();
    return guard
        .call(repeat, () -> threads.run(() -> reply(what, client, request)))
        .whenComplete((reply, thrown) -> measure(reply, thrown, start));
  }

  private <T> TwilioReply<T> reply(
      String what, Supplier<TwilioRestClient> client, Function<TwilioRestClient, T> request) {
    try {
      return new TwilioReply.Done<>(request.apply(client.get()));
    } catch (TwilioRefusal refusal) {
      if (refusal.status() == UNAUTHORIZED) {
        LOGGER.log(
            ERROR,
            "twilio refused {0}: {1}; check ACCOUNT_SID, AUTH_TOKEN, API key and region",
            what,
            refusal.getMessage());
      }
      // Whoever asked says what became of it.
      return new TwilioReply.Refused<>(
          refusal.code() == 0 ? refusal.status() : refusal.code(), refusal.getMessage());
    } catch (TwilioException e) {
      // The SDK cannot read a success; its message may hold what Twilio said.
      throw VendorFailure.of(VENDOR, VendorFailure.Kind.GARBLED);
    }
  }

  private void measure(TwilioReply<?> reply, Throwable thrown, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (thrown != null) {
      pulse.missed(took, VendorFailure.behind(VENDOR, thrown));
    } else if (reply instanceof TwilioReply.Refused) {
      pulse.refused(took);
    } else {
      pulse.beat(took);
    }
  }

  /** Built when it is first needed: without an account there is nothing to build. */
  private TwilioRestClient client() {
    if (client == null) {
      synchronized (this) {
        if (client == null) {
          client = build(credentials());
        }
      }
    }
    return client;
  }

  private TwilioRestClient build(TwilioRestClient.Builder credentials) {
    TwilioRestClient.Builder builder =
        credentials.accountSid(settings.get(Catalogue.ACCOUNT_SID)).httpClient(transport());
    Optional<String> region = settings.find(Catalogue.TWILIO_REGION);
    Optional<String> edge = settings.find(Catalogue.TWILIO_EDGE);
    if (region.isPresent() && edge.isPresent()) {
      builder.region(region.get()).edge(edge.get());
    } else if (region.isPresent() || edge.isPresent()) {
      // Hosts with a region and no edge stopped answering in April 2026.
      LOGGER.log(WARNING, "TWILIO_REGION and TWILIO_EDGE work together only; both are ignored");
    }
    return builder.build();
  }

  private TwilioRestClient.Builder credentials() {
    Optional<String> key = settings.find(Catalogue.TWILIO_API_KEY_SID);
    Optional<String> secret = settings.find(Catalogue.TWILIO_API_KEY_SECRET);
    if (key.isPresent() && secret.isPresent()) {
      return new TwilioRestClient.Builder(key.get(), secret.get());
    }
    return account(settings.get(Catalogue.AUTH_TOKEN).get(0));
  }

  private TwilioRestClient.Builder account(String token) {
    return new TwilioRestClient.Builder(settings.get(Catalogue.ACCOUNT_SID), token);
  }

  private TwilioTransport transport() {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads.wire())
            .build();
    Map<String, URI> bases =
        settings
            .find(Catalogue.TWILIO_API_BASE_URL)
            .map(base -> Map.of("api", base, "taskrouter", base, "messaging", base))
            .orElse(Map.of());
    return new TwilioTransport(http, bases, budget);
  }
}
