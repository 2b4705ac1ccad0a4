package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.http.TestHttp;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.OwnFault;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.wire.Json;

/** Each wrong setting of Segment's, as far as Segment tells, asked at the twin. */
class SegmentCheckupTest {
  private final Twin twin = Twin.start();
  private final TestHttp http = TestHttp.open();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

  private final Pulse writing = new Pulse(new Metrics(), "segment_tracking");

  @AfterEach
  void end() {
    twin.close();
    http.close();
    scheduler.shutdownNow();
  }

  @Test
  void findsNothingWrongWhereAllIsWellAndWritesNothing() {
    assertThat(results(Map.of()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "SEGMENT_API_ACCESS_TOKEN", "OK",
                "SEGMENT_SPACE_ID", "UNKNOWN",
                "SEGMENT_PROFILES_API_BASE_URL", "OK",
                "SEGMENT_TRACKING_API_BASE_URL", "OK",
                "SEGMENT_WRITE_KEY", "UNKNOWN"));
    assertThat(twin.segment().messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SEGMENT_API_ACCESS_TOKEN, wrong-token, WRONG",
    "SEGMENT_API_ACCESS_TOKEN, '', UNKNOWN",
    "SEGMENT_SPACE_ID, spa_other, UNKNOWN",
    "SEGMENT_SPACE_ID, '', UNKNOWN",
    "SEGMENT_WRITE_KEY, abc, WRONG",
    "SEGMENT_WRITE_KEY, another-write-key, UNKNOWN",
    "SEGMENT_WRITE_KEY, '', UNKNOWN",
    "SEGMENT_PROFILES_API_BASE_URL, http://127.0.0.1:1/v1, UNKNOWN",
    "SEGMENT_TRACKING_API_BASE_URL, http://127.0.0.1:1/v1, UNKNOWN"
  })
  void saysWhatCanBeKnown(String setting, String value, String result) {
    assertThat(results(Map.of(setting, value))).containsEntry(setting, result);
    assertThat(examine(Map.of(setting, value)))
        .filteredOn(it -> it.setting().equals(setting))
        .singleElement()
        .satisfies(it -> assertThat(it.advice()).isNotBlank());
  }

  @Test
  void takesAnotherServerForWhatItIs() {
    assertThat(
            results(Map.of("SEGMENT_TRACKING_API_BASE_URL", twin.segmentTracking() + "/elsewhere")))
        .containsEntry("SEGMENT_TRACKING_API_BASE_URL", "WRONG");
  }

  @ParameterizedTest
  @CsvSource({
    "SEGMENT_PROFILES_API_BASE_URL, http://127.0.0.1:1/v1, SEGMENT_API_ACCESS_TOKEN",
    "SEGMENT_PROFILES_API_BASE_URL, http://127.0.0.1:1/v1, SEGMENT_SPACE_ID",
    "SEGMENT_API_ACCESS_TOKEN, wrong-token, SEGMENT_SPACE_ID",
    "SEGMENT_API_ACCESS_TOKEN, '', SEGMENT_SPACE_ID",
    "SEGMENT_SPACE_ID, '', SEGMENT_API_ACCESS_TOKEN",
    "SEGMENT_SPACE_ID, '', SEGMENT_PROFILES_API_BASE_URL"
  })
  void saysWhatItCouldNotExamine(String setting, String value, String other) {
    assertThat(examine(Map.of(setting, value)))
        .filteredOn(it -> it.setting().equals(other))
        .singleElement()
        .satisfies(it -> assertThat(it.sentence()).startsWith("It was not examined, because "));
  }

  /** The US is what nobody sets. Only the address that leads to the EU would be asked. */
  @Test
  void findsThatTheTwoLeadToDifferentRegions() {
    assertAstray(
        Map.of(
            "SEGMENT_PROFILES_API_BASE_URL", "https://profiles.euw1.segment.com/v1",
            "SEGMENT_TRACKING_API_BASE_URL", ""),
        "SEGMENT_TRACKING_API_BASE_URL",
        "https://events.eu1.segmentapis.com/v1");
    assertAstray(
        Map.of(
            "SEGMENT_TRACKING_API_BASE_URL", "https://events.eu1.segmentapis.com/v1",
            "SEGMENT_PROFILES_API_BASE_URL", "",
            "SEGMENT_WRITE_KEY", ""),
        "SEGMENT_PROFILES_API_BASE_URL",
        "https://profiles.euw1.segment.com/v1");
  }

  private void assertAstray(Map<String, String> changed, String setting, String rather) {
    Settings settings = settings(changed);
    try (TestHttp offline = TestHttp.offline()) {
      assertThat(
              new SegmentCheckup(settings, profiles(settings), writing, offline.get())
                  .examine()
                  .toCompletableFuture()
                  .join())
          .filteredOn(it -> it.setting().equals(setting))
          .singleElement()
          .satisfies(it -> assertThat(it.result()).isEqualTo(Diagnosis.Result.WRONG))
          .satisfies(it -> assertThat(it.advice()).contains(rather));
    }
  }

  /** Who refuses a token is there. */
  @Test
  void tellsARefusedTokenFromAnAddressOutOfReach() {
    assertThat(results(Map.of("SEGMENT_API_ACCESS_TOKEN", "wrong-token")))
        .containsEntry("SEGMENT_PROFILES_API_BASE_URL", "OK");
    assertThat(results(Map.of("SEGMENT_PROFILES_API_BASE_URL", "http://127.0.0.1:1/v1")))
        .containsEntry("SEGMENT_API_ACCESS_TOKEN", "UNKNOWN");
  }

  @Test
  void showsInTheStateHowItWent() {
    examine(Map.of());
    assertThat(writing.lastSuccess()).isPresent();
    assertThat(writing.lastFailure()).isEmpty();

    examine(Map.of("SEGMENT_TRACKING_API_BASE_URL", "http://127.0.0.1:1/v1"));
    assertThat(writing.lastFailure()).hasValueSatisfying(it -> assertThat(it.kind()).isNotBlank());
  }

  @Test
  void knowsTheSpaceOnceACustomerWasFound() {
    twin.segment()
        .know(Map.of("phone", TwinNames.CALLER), Json.object().add("name", "Mia Example").build());
    Settings settings = settings(Map.of());
    Profiles profiles = profiles(settings);
    profiles
        .traits(new CustomerKey(CustomerKey.PHONE, TwinNames.CALLER))
        .toCompletableFuture()
        .join();

    assertThat(
            new SegmentCheckup(settings, profiles, writing, http.get())
                .examine()
                .toCompletableFuture()
                .join())
        .anyMatch(
            it -> it.setting().equals("SEGMENT_SPACE_ID") && it.result() == Diagnosis.Result.OK);
  }

  /** Nobody else tells it: these questions go past the guard. */
  @Test
  void tellsAFaultOfTheBridge() {
    Settings settings = settings(Map.of());
    Profiles known;
    try (TestHttp faulty = TestHttp.faulty(new IllegalStateException("Mia Example"));
        Logged log = Logged.by(OwnFault.class)) {
      known = profiles(settings, faulty);
      new SegmentCheckup(settings, known, writing, faulty.get())
          .examine()
          .toCompletableFuture()
          .join();
      assertThat(log.lines().stream().filter(line -> line.startsWith("SEVERE")))
          .hasSize(1)
          .allMatch(line -> line.contains("as it asked segment\njava.lang.IllegalStateException"))
          .noneMatch(line -> line.contains("Mia"));
    }
    assertThat(known.pulse().lastFailure().orElseThrow().kind()).isEqualTo("fault");
  }

  private Map<String, String> results(Map<String, String> changed) {
    return examine(changed).stream()
        .collect(Collectors.toMap(Diagnosis::setting, it -> it.result().name()));
  }

  private List<Diagnosis> examine(Map<String, String> changed) {
    Settings settings = settings(changed);
    return new SegmentCheckup(settings, profiles(settings), writing, http.get())
        .examine()
        .toCompletableFuture()
        .join();
  }

  private Profiles profiles(Settings settings) {
    return profiles(settings, http);
  }

  private Profiles profiles(Settings settings, TestHttp over) {
    return new Profiles(
        settings,
        new ProfilesOverHttp(
            over.get(),
            settings.get(Catalogue.SEGMENT_PROFILES_API_BASE_URL),
            SegmentLine.attempt(settings)),
        SegmentLine.of("segment_profiles", Duration.ofSeconds(9), scheduler, new Metrics()));
  }

  private Settings settings(Map<String, String> changed) {
    Map<String, String> settings = twin.settings();
    settings.putAll(changed);
    settings.values().removeIf(String::isEmpty);
    return TestSettings.of(settings);
  }
}
