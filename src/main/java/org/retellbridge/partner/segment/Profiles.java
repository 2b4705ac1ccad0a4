package org.retellbridge.partner.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.segment.ProfileAnswer.Found;
import org.retellbridge.partner.segment.ProfileAnswer.Unknown;

/**
 * Reads customers. Who is not found by number or client identity is looked for by {@code user_id}:
 * there, profiles that the original wrote can always be reached, a client's in its own spelling.
 * Failures are {@link VendorFailure}s.
 */
@ApplicationScoped
public class Profiles {
  private static final int TRAITS_A_PAGE = 200;
  private static final int MOST_PAGES = 10;
  private static final int EVENTS = 10;
  private static final String EVERY_TRAIT = "all";
  private static final int NOT_FOUND = 404;

  private boolean on;
  private ProfileApi api;
  private SegmentLine line;
  private UserIds userIds;
  private String authorization;
  private String space;
  private List<String> visible;
  private volatile boolean everFound;

  Profiles() {}

  @Inject
  Profiles(Settings settings, Timers timers, Metrics metrics, NonBlockingHttp http) {
    this(
        settings,
        new ProfilesOverHttp(
            http,
            settings.get(Catalogue.SEGMENT_PROFILES_API_BASE_URL),
            SegmentLine.attempt(settings)),
        SegmentLine.of(
            "segment_profiles",
            settings.get(Catalogue.FUNCTION_BUDGET),
            timers.scheduler(),
            metrics));
  }

  Profiles(Settings settings, ProfileApi api, SegmentLine line) {
    this(settings, settings.get(Catalogue.LOOKUP_TRAITS), api, line);
  }

  Profiles(Settings settings, List<String> visible, ProfileApi api, SegmentLine line) {
    this.on = settings.state(Feature.CUSTOMERS).on();
    this.space = settings.find(Catalogue.SEGMENT_SPACE_ID).orElse("");
    this.authorization = basic(settings.find(Catalogue.SEGMENT_API_ACCESS_TOKEN).orElse(""));
    this.visible = visible;
    this.userIds = UserIds.of(settings);
    this.api = api;
    this.line = line;
  }

  /** Whether there are a space and a token. */
  public boolean on() {
    return on;
  }

  /** The traits of a customer, those that the model may see. */
  public CompletionStage<ProfileAnswer<JsonObject>> traits(CustomerKey customer) {
    return byKeyOrUserId(
        customer,
        key ->
            pages(key, Optional.empty(), 1, JsonText.object()).thenApply(JsonObjectBuilder::build));
  }

  /** The last events of a customer, the newest first. */
  public CompletionStage<ProfileAnswer<List<CustomerEvent>>> events(CustomerKey customer) {
    return byKeyOrUserId(
        customer,
        key ->
            api.events(authorization, space, key.inPath(), EVENTS)
                .thenApply(Profiles::parsed)
                .thenApply(CustomerEvent::of));
  }

  /** The breaker's state, for {@code /status}. */
  public String breakerState() {
    return line.breakerState();
  }

  /** How this API has been doing, for {@code /status}. */
  public Pulse pulse() {
    return line.pulse();
  }

  /** Whether this process has found any customer: only that proves the space. */
  boolean everFound() {
    return everFound;
  }

  /** One budget for all questions and all their pages. */
  private <T> CompletionStage<ProfileAnswer<T>> byKeyOrUserId(
      CustomerKey customer, Function<CustomerKey, CompletionStage<T>> question) {
    if (!customer.askable()) {
      return CompletableFuture.completedStage(new Unknown<>());
    }
    List<CustomerKey> keys = new ArrayList<>(List.of(customer));
    userIds.all(customer).forEach(id -> keys.add(new CustomerKey(CustomerKey.USER_ID, id)));
    return line.ask(() -> first(keys, question));
  }

  private <T> CompletionStage<ProfileAnswer<T>> first(
      List<CustomerKey> keys, Function<CustomerKey, CompletionStage<T>> question) {
    List<CustomerKey> others = keys.subList(1, keys.size());
    return found(question.apply(keys.get(0)))
        .thenCompose(
            answer ->
                answer instanceof Found || others.isEmpty()
                    ? CompletableFuture.completedStage(answer)
                    : first(others, question));
  }

  private <T> CompletionStage<ProfileAnswer<T>> found(CompletionStage<T> question) {
    return question
        .<ProfileAnswer<T>>thenApply(
            found -> {
              everFound = true;
              return new Found<>(found);
            })
        .exceptionallyCompose(
            thrown ->
                saysNotFound(thrown)
                    ? CompletableFuture.completedStage(new Unknown<>())
                    : CompletableFuture.failedStage(thrown));
  }

  private static boolean saysNotFound(Throwable thrown) {
    Throwable cause = VendorFailure.unwrapped(thrown);
    return cause instanceof VendorFailure failure && failure.status() == NOT_FOUND;
  }

  private CompletionStage<JsonObjectBuilder> pages(
      CustomerKey key, Optional<String> next, int number, JsonObjectBuilder traits) {
    return api.traits(authorization, space, key.inPath(), TRAITS_A_PAGE, include(), next)
        .thenApply(Profiles::parsed)
        .thenApply(TraitsPage::of)
        .thenCompose(
            page -> {
              page.traits()
                  .forEach(
                      (name, value) -> {
                        if (mayShow(name)) {
                          traits.add(name, value);
                        }
                      });
              return page.next().isPresent() && number < MOST_PAGES
                  ? pages(key, page.next(), number + 1, traits)
                  : CompletableFuture.completedStage(traits);
            });
  }

  /** Whether the model may see a trait of this name. */
  boolean mayShow(String trait) {
    return visible.contains(EVERY_TRAIT) || visible.contains(trait);
  }

  /** Spares the vendor the work; what the model may see is decided here all the same. */
  private Optional<String> include() {
    return visible.contains(EVERY_TRAIT)
        ? Optional.empty()
        : Optional.of(String.join(",", visible));
  }

  private static JsonObject parsed(String body) {
    return JsonText.parseObject(body == null ? "" : body)
        .orElseThrow(() -> VendorFailure.of(SegmentLine.VENDOR, VendorFailure.Kind.GARBLED));
  }

  /** The token is the user, and there is no password. */
  static String basic(String token) {
    return "Basic " + Base64.getEncoder().encodeToString((token + ":").getBytes(UTF_8));
  }
}
