package org.retellbridge.partner.segment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.Caller;

/**
 * What is known of a caller, in a hurry: while the telephone rings. It has a way to Segment of its
 * own, whose breaker spares callers the wait while Segment is slow, whatever the agent's look-ups
 * may afford.
 */
@ApplicationScoped
public class CallerTraits {
  private static final String TIME = "bridge.personalization";

  /** A name or a plan, not a novel: the texts are put into the agent's prompt. */
  private static final int LONGEST = 200;

  private static final String STREET = "street";

  /** Segment's address, in the order in which it is read. */
  private static final List<String> ADDRESS =
      List.of(STREET, "city", "state", "postalCode", "country");

  private boolean asking;
  private List<String> names = List.of();
  private Profiles profiles;
  private Metrics metrics;

  CallerTraits() {}

  @Inject
  CallerTraits(Settings settings, Timers timers, Metrics metrics, NonBlockingHttp http) {
    this(settings, hurried(settings, timers, metrics, http), metrics);
  }

  CallerTraits(Settings settings, Profiles profiles, Metrics metrics) {
    this.asking = settings.state(Feature.CUSTOMERS).on() && !budget(settings).isZero();
    this.names = settings.get(Catalogue.PERSONALIZE_TRAITS);
    this.profiles = profiles;
    this.metrics = metrics;
    if (asking) {
      metrics.expectTimes(TIME, "outcome", "known");
      metrics.expectTimes(TIME, "outcome", "unknown");
    }
  }

  /**
   * The traits that {@code PERSONALIZE_TRAITS} names as texts; one that is absent, unknown or late
   * as an empty text. Never fails, and never later than {@code PERSONALIZE_BUDGET}.
   *
   * @param caller empty for a withheld number, for which nobody is asked
   * @return without an entry when there is no space to ask, or no time for it: an agent's own
   *     default of such a variable counts then
   */
  public CompletionStage<Map<String, String>> of(Optional<Caller> caller) {
    if (!asking || caller.isEmpty()) {
      return CompletableFuture.completedStage(ofNobody());
    }
    long start = System.nanoTime();
    return profiles
        .traits(CustomerKey.of(caller.get()))
        .handle(
            (answer, thrown) -> {
              JsonObject traits =
                  answer instanceof ProfileAnswer.Found<JsonObject> found
                      ? found.value()
                      : JsonValue.EMPTY_JSON_OBJECT;
              Duration took = Duration.ofNanos(System.nanoTime() - start);
              metrics.time(TIME, took, "outcome", outcome(answer, thrown));
              return texts(traits);
            });
  }

  /** The same without asking: all of them empty. */
  public Map<String, String> ofNobody() {
    return asking ? texts(JsonValue.EMPTY_JSON_OBJECT) : Map.of();
  }

  /** The breaker's state, for {@code /status}. */
  public String breakerState() {
    return profiles.breakerState();
  }

  /** How this way to Segment has been doing, for {@code /status}. */
  public Pulse pulse() {
    return profiles.pulse();
  }

  private Map<String, String> texts(JsonObject traits) {
    Map<String, String> texts = new LinkedHashMap<>();
    names.forEach(name -> texts.put(name, text(traits.get(name))));
    return texts;
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonString string) {
      return capped(line(string));
    }
    if (value instanceof JsonObject object && object.containsKey(STREET)) {
      return capped(address(object));
    }
    boolean plain =
        value instanceof JsonNumber
            || JsonValue.TRUE.equals(value)
            || JsonValue.FALSE.equals(value);
    return plain ? capped(value.toString()) : "";
  }

  /** Segment takes an address as an object only, and agents say it in one line. */
  private static String address(JsonObject parts) {
    return ADDRESS.stream()
        .map(parts::get)
        .filter(JsonString.class::isInstance)
        .map(part -> line((JsonString) part))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String line(JsonString text) {
    return text.getString().replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String capped(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean inPair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, inPair ? LONGEST - 1 : LONGEST);
  }

  private static String outcome(ProfileAnswer<JsonObject> answer, Throwable thrown) {
    if (thrown == null) {
      return answer instanceof ProfileAnswer.Found ? "known" : "unknown";
    }
    return VendorFailure.behind(SegmentLine.VENDOR, thrown).kind().label();
  }

  /** Half of the start belongs to the registration, whatever is set. */
  private static Duration budget(Settings settings) {
    Duration half = settings.get(Catalogue.START_BUDGET).dividedBy(2);
    Duration wanted = settings.get(Catalogue.PERSONALIZE_BUDGET);
    return wanted.compareTo(half) < 0 ? wanted : half;
  }

  private static Profiles hurried(
      Settings settings, Timers timers, Metrics metrics, NonBlockingHttp http) {
    Duration budget = budget(settings).isZero() ? Duration.ofMillis(1) : budget(settings);
    return new Profiles(
        settings,
        settings.get(Catalogue.PERSONALIZE_TRAITS),
        new ProfilesOverHttp(http, settings.get(Catalogue.SEGMENT_PROFILES_API_BASE_URL), budget),
        SegmentLine.hurried(budget, timers.scheduler(), metrics));
  }
}
