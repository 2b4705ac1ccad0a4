package org.retellbridge.partner.segment;

import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_API_ACCESS_TOKEN;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_PROFILES_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_SPACE_ID;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_TRACKING_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_WRITE_KEY;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnoses;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Unexamined;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.outbound.NonBlockingRestClients;
import org.retellbridge.foundation.resilience.OwnFault;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/**
 * Asks Segment for a customer that nobody is, and shows its tracking side a text that is no
 * message. Segment tells neither whether a space exists nor whether a write key does (it says yes
 * to any): what it never told stays unknown.
 */
@ApplicationScoped
public class SegmentCheckup implements Checkup {
  private static final CustomerKey NOBODY =
      new CustomerKey(CustomerKey.USER_ID, "twilio-retell-bridge-doctor");
  private static final String NO_MESSAGE = "{";
  private static final int SHORTEST_KEY = 5;

  private Settings settings;
  private ProfileApi profiles;
  private TrackingRestApi tracking;
  private Profiles known;
  private Pulse writing;

  SegmentCheckup() {}

  @Inject
  SegmentCheckup(Settings settings, Profiles known, SegmentCourier courier, NonBlockingHttp http) {
    this(settings, known, courier.pulse(), http);
  }

  SegmentCheckup(Settings settings, Profiles known, Pulse writing, NonBlockingHttp http) {
    this.writing = writing;
    this.settings = settings;
    this.known = known;
    this.profiles =
        new ProfilesOverHttp(
            http, settings.get(SEGMENT_PROFILES_API_BASE_URL), SegmentLine.attempt(settings));
    this.tracking = SegmentLine.tracking(settings.get(SEGMENT_TRACKING_API_BASE_URL), settings);
  }

  /**
   * While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara; and no
   * client is made for that where nobody has asked.
   */
  void end(
      @Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class)
          Object event) {
    close();
  }

  @PreDestroy
  void close() {
    NonBlockingRestClients.close(tracking);
  }

  @Override
  public CompletionStage<List<Diagnosis>> examine() {
    return reading().thenCombine(writing(), Diagnoses::joined);
  }

  private CompletionStage<List<Diagnosis>> reading() {
    List<Diagnosis> missing = new ArrayList<>();
    missed(SEGMENT_SPACE_ID, "customers are not looked up", missing);
    missed(SEGMENT_API_ACCESS_TOKEN, "customers are not looked up", missing);
    if (!missing.isEmpty()) {
      return CompletableFuture.completedStage(
          unread(missing, missing.get(0).setting() + " is not set"));
    }
    Optional<Diagnosis> astray =
        Region.astray(settings, SEGMENT_PROFILES_API_BASE_URL, SEGMENT_TRACKING_API_BASE_URL);
    if (astray.isPresent()) {
      return CompletableFuture.completedStage(
          unread(
              List.of(astray.get()),
              SEGMENT_PROFILES_API_BASE_URL.variable() + " leads to the other region"));
    }
    long start = System.nanoTime();
    return profiles
        .traits(
            Profiles.basic(settings.get(SEGMENT_API_ACCESS_TOKEN)),
            settings.get(SEGMENT_SPACE_ID),
            NOBODY.inPath(),
            1,
            Optional.empty(),
            Optional.empty())
        .whenComplete((body, thrown) -> measure(known.pulse(), 404, thrown, start))
        .handle((body, thrown) -> read(thrown));
  }

  private List<Diagnosis> read(Throwable thrown) {
    int status = status(thrown);
    if (thrown == null || status == 404) {
      return List.of(
          Diagnosis.ok(SEGMENT_API_ACCESS_TOKEN, "Segment's Profile API takes this token."),
          answering(),
          thrown == null || known.everFound()
              ? Diagnosis.ok(SEGMENT_SPACE_ID, "A customer was found in this space.")
              : Diagnosis.unknown(
                  SEGMENT_SPACE_ID,
                  "Segment answers the same for a wrong space and for an unknown customer, and"
                      + " found nobody since the start.",
                  "Compare it with Unify, Settings, API access; then call as a known customer."));
    }
    if (status == 401 || status == 403) {
      return unread(
          List.of(
              Diagnosis.wrong(
                  SEGMENT_API_ACCESS_TOKEN,
                  "Segment refuses this token for this space (HTTP " + status + ").",
                  "Make a token in Unify, Settings, API access of the space in SEGMENT_SPACE_ID; in"
                      + " the EU set SEGMENT_PROFILES_API_BASE_URL to "
                      + Region.EU.address(SEGMENT_PROFILES_API_BASE_URL)
                      + " as well."),
              answering()),
          "Segment refuses the token");
    }
    return unread(
        List.of(
            Diagnosis.unknown(
                SEGMENT_PROFILES_API_BASE_URL,
                "Segment's Profile API gave no usable answer: " + words(thrown) + ".",
                "See that this server may reach it over HTTPS, and that the region is the"
                    + " space's.")),
        "Segment's Profile API gave no usable answer");
  }

  private static Diagnosis answering() {
    return Diagnosis.ok(SEGMENT_PROFILES_API_BASE_URL, "Segment's Profile API answers there.");
  }

  private List<Diagnosis> unread(List<Diagnosis> found, String reason) {
    return Unexamined.with(
        found,
        settings,
        List.of(SEGMENT_SPACE_ID, SEGMENT_API_ACCESS_TOKEN, SEGMENT_PROFILES_API_BASE_URL),
        reason);
  }

  private CompletionStage<List<Diagnosis>> writing() {
    List<Diagnosis> missing = new ArrayList<>();
    missed(SEGMENT_WRITE_KEY, "nothing is written to Segment", missing);
    if (!missing.isEmpty()) {
      return CompletableFuture.completedStage(missing);
    }
    Optional<Diagnosis> astray =
        Region.astray(settings, SEGMENT_TRACKING_API_BASE_URL, SEGMENT_PROFILES_API_BASE_URL);
    if (astray.isPresent()) {
      return CompletableFuture.completedStage(List.of(astray.get(), key()));
    }
    long start = System.nanoTime();
    return tracking
        .track(NO_MESSAGE)
        .whenComplete((body, thrown) -> measure(writing, 400, thrown, start))
        .handle((body, thrown) -> written(thrown));
  }

  /**
   * Operators who have asked expect to see in the state how it went.
   *
   * @param asWanted the refusal that shows that all is well
   */
  private static void measure(Pulse pulse, int asWanted, Throwable thrown, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (thrown == null || status(thrown) == asWanted) {
      pulse.beat(took);
      return;
    }
    pulse.missed(took, OwnFault.told(SegmentLine.VENDOR, thrown));
  }

  /** It refuses what is no JSON before it looks at anything else. */
  private List<Diagnosis> written(Throwable thrown) {
    boolean there = status(thrown) == 400;
    return List.of(
        there
            ? Diagnosis.ok(SEGMENT_TRACKING_API_BASE_URL, "Segment's Tracking API answers there.")
            : thrown == null || status(thrown) > 0 && status(thrown) < 500
                ? Diagnosis.wrong(
                    SEGMENT_TRACKING_API_BASE_URL,
                    "What answers there is not Segment's Tracking API.",
                    "Leave it out in the US; in the EU set "
                        + Region.EU.address(SEGMENT_TRACKING_API_BASE_URL)
                        + ".")
                : Diagnosis.unknown(
                    SEGMENT_TRACKING_API_BASE_URL,
                    "Segment's Tracking API gave no usable answer: " + words(thrown) + ".",
                    "See that this server may reach it over HTTPS."),
        key());
  }

  private Diagnosis key() {
    return settings.get(SEGMENT_WRITE_KEY).length() < SHORTEST_KEY
        ? Diagnosis.wrong(
            SEGMENT_WRITE_KEY,
            "It is too short to be a write key.",
            "Copy the write key from the source's settings in Segment.")
        : Diagnosis.unknown(
            SEGMENT_WRITE_KEY,
            "Segment says yes to every write key, also to a wrong one.",
            "Let an agent save a customer and look for it in the debugger of the source. In the EU"
                + " set SEGMENT_TRACKING_API_BASE_URL as well.");
  }

  private void missed(Setting<?> setting, String consequence, List<Diagnosis> missing) {
    if (settings.find(setting).isEmpty()) {
      missing.add(
          Diagnosis.unknown(
              setting, "It is not set, so " + consequence + ".", "Set it if you want that."));
    }
  }

  private static int status(Throwable thrown) {
    return thrown == null ? 0 : VendorFailure.behind(SegmentLine.VENDOR, thrown).status();
  }

  private static String words(Throwable thrown) {
    return VendorFailure.behind(SegmentLine.VENDOR, thrown).words();
  }
}
