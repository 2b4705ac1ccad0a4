package org.retellbridge.operations.doctor;

import static org.retellbridge.foundation.settings.Catalogue.PUBLIC_BASE_URL;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.operations.doctor.Probe.Echo;
import org.retellbridge.partner.retell.RetellProof;
import org.retellbridge.partner.twilio.TwilioProof;

/**
 * Goes out through {@code PUBLIC_BASE_URL} and comes back in, signed as vendors sign. Only that
 * address is asked, and when it does not lead here, the same host without prefix or with the
 * context root.
 */
@ApplicationScoped
public class RoundTrip {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private Settings settings;
  private ProbeSeal seal;
  private PublicUrls urls;
  private Timers timers;
  private NonBlockingHttp http;

  RoundTrip() {}

  @Inject
  RoundTrip(
      Settings settings, ProbeSeal seal, PublicUrls urls, Timers timers, NonBlockingHttp http) {
    this.settings = settings;
    this.seal = seal;
    this.urls = urls;
    this.timers = timers;
    this.http = http;
  }

  CompletionStage<List<Diagnosis>> examine(SignedRequest operators) {
    Optional<URI> base = settings.find(PUBLIC_BASE_URL);
    if (base.isEmpty()) {
      String told = urls.told(operators).map(text -> text + operators.contextPath()).orElse("");
      return CompletableFuture.completedStage(ProxyHeaders.withoutBase(settings, told));
    }
    Probe probe = new Probe(settings, seal, timers.scheduler(), http, PATIENCE);
    // WildFly knows the operators' request in its own thread only.
    String contextPath = operators.contextPath();
    return probe
        .asTwilio(base.get().toString())
        .thenCompose(echo -> judge(probe, base.get(), contextPath, echo))
        .exceptionally(thrown -> List.of(unreachable(thrown)));
  }

  private CompletionStage<List<Diagnosis>> judge(
      Probe probe, URI base, String contextPath, Echo echo) {
    if (echo.seen().isEmpty()) {
      return elsewhere(probe, base, contextPath, echo).thenApply(List::of);
    }
    List<Diagnosis> found = new ArrayList<>();
    found.add(Arrival.judge(TwilioProof.VENDOR, echo.seen().get()));
    found.add(ProxyHeaders.compare(settings, base, contextPath, echo.seen().get()));
    if (found.get(0).result() != Diagnosis.Result.OK || !settings.state(Feature.FUNCTIONS).on()) {
      return CompletableFuture.completedStage(found);
    }
    return probe
        .asRetell(base.toString())
        .thenApply(
            second -> {
              Diagnosis retell =
                  second
                      .seen()
                      .map(seen -> Arrival.judge(RetellProof.VENDOR, seen))
                      .orElseGet(() -> answered(second));
              if (retell.result() != Diagnosis.Result.OK) {
                found.set(0, retell);
              }
              return found;
            });
  }

  /** Something else answered, or the bridge under another path. */
  private CompletionStage<Diagnosis> elsewhere(
      Probe probe, URI base, String contextPath, Echo echo) {
    if (echo.location().isPresent()) {
      return CompletableFuture.completedStage(redirected(echo));
    }
    String origin = base.getScheme() + "://" + base.getRawAuthority();
    Set<String> others = new LinkedHashSet<>(List.of(origin, origin + contextPath));
    others.add(base + contextPath);
    others.remove(base.toString());
    CompletionStage<Optional<String>> here = CompletableFuture.completedStage(Optional.empty());
    for (String other : others) {
      here =
          here.thenCompose(
              found ->
                  found.isPresent() ? CompletableFuture.completedStage(found) : ask(probe, other));
    }
    return here.thenApply(found -> found.map(RoundTrip::moved).orElseGet(() -> answered(echo)));
  }

  /** The address, when this bridge answers there. */
  private static CompletionStage<Optional<String>> ask(Probe probe, String address) {
    return probe
        .asTwilio(address)
        .thenApply(echo -> echo.seen().map(seen -> address))
        .exceptionally(thrown -> Optional.empty());
  }

  private static Diagnosis moved(String other) {
    return Diagnosis.wrong(
        PUBLIC_BASE_URL,
        "Its path prefix does not lead to this bridge; without or with another prefix it does.",
        "Set PUBLIC_BASE_URL to " + other + " or let the proxy take the prefix away.");
  }

  private static Diagnosis redirected(Echo echo) {
    return Diagnosis.wrong(
        PUBLIC_BASE_URL,
        "It answers with a redirect (HTTP "
            + echo.status()
            + "); a POST does not survive that, and the signature is another.",
        "Set it to the address that the redirect leads to, usually https or another host, here and"
            + " in Twilio and Retell.");
  }

  private static Diagnosis answered(Echo echo) {
    return Diagnosis.wrong(
        PUBLIC_BASE_URL,
        "What answers there is not this bridge (HTTP " + echo.status() + ").",
        "Lead the proxy to this server, with the same path. Where several nodes share the address,"
            + " give all the same OPERATIONS_TOKEN, else they do not know each other's probes.");
  }

  private static Diagnosis unreachable(Throwable thrown) {
    Throwable cause = cause(thrown);
    if (cause instanceof javax.net.ssl.SSLException) {
      return Diagnosis.wrong(
          PUBLIC_BASE_URL,
          "Its certificate is not trusted by this Java.",
          "Use a certificate of a public authority with its whole chain: Twilio and Retell insist"
              + " as well.");
    }
    return Diagnosis.unknown(
        PUBLIC_BASE_URL,
        "This server cannot reach its own public address ("
            + cause.getClass().getSimpleName()
            + ").",
        "If it resolves and answers from outside, all may be well; else correct it.");
  }

  /** Behind "not sent" stands why not. */
  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof CompletionException || cause instanceof ConnectException)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
