package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_PROFILES_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_TRACKING_API_BASE_URL;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;

class RegionTest {
  private static final String EU_PROFILES = "https://profiles.euw1.segment.com/v1";
  private static final String EU_TRACKING = "https://events.eu1.segmentapis.com/v1";

  @ParameterizedTest
  @CsvSource({
    "https://profiles.segment.com/v1, https://api.segment.io/v1",
    EU_PROFILES + ", " + EU_TRACKING,
    EU_PROFILES + ", https://segment.example.com/v1",
    "https://segment.example.com/v1, " + EU_TRACKING,
  })
  void findsNothingInOneRegionAndAtAProxy(String profiles, String tracking) {
    Settings settings = settings(profiles, tracking);

    assertThat(
            Region.astray(settings, SEGMENT_PROFILES_API_BASE_URL, SEGMENT_TRACKING_API_BASE_URL))
        .isEmpty();
    assertThat(
            Region.astray(settings, SEGMENT_TRACKING_API_BASE_URL, SEGMENT_PROFILES_API_BASE_URL))
        .isEmpty();
  }

  /** Blaming both would not tell what to change. */
  @Test
  void blamesOnlyTheOneInTheUs() {
    Settings settings = settings("https://PROFILES.segment.com/v1/", EU_TRACKING);

    assertThat(
            Region.astray(settings, SEGMENT_PROFILES_API_BASE_URL, SEGMENT_TRACKING_API_BASE_URL))
        .isPresent();
    assertThat(
            Region.astray(settings, SEGMENT_TRACKING_API_BASE_URL, SEGMENT_PROFILES_API_BASE_URL))
        .isEmpty();
  }

  /** What is taken for the US is what counts where nothing is set. */
  @Test
  void knowsTheDefaults() {
    Settings unset = TestSettings.of(Map.of());

    assertThat(unset.get(SEGMENT_PROFILES_API_BASE_URL))
        .isEqualTo(Region.US.address(SEGMENT_PROFILES_API_BASE_URL));
    assertThat(unset.get(SEGMENT_TRACKING_API_BASE_URL))
        .isEqualTo(Region.US.address(SEGMENT_TRACKING_API_BASE_URL));
  }

  private static Settings settings(String profiles, String tracking) {
    return TestSettings.of(
        Map.of(
            "SEGMENT_PROFILES_API_BASE_URL", profiles,
            "SEGMENT_TRACKING_API_BASE_URL", tracking));
  }
}
