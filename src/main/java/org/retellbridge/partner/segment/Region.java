package org.retellbridge.partner.segment;

import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_PROFILES_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_TRACKING_API_BASE_URL;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/** Where a Segment workspace lives. What is written to the other region is lost without a word. */
enum Region {
  US("https://profiles.segment.com/v1", "https://api.segment.io/v1"),
  EU("https://profiles.euw1.segment.com/v1", "https://events.eu1.segmentapis.com/v1");

  private final Map<Setting<URI>, URI> addresses;

  Region(String profiles, String tracking) {
    this.addresses =
        Map.of(
            SEGMENT_PROFILES_API_BASE_URL, URI.create(profiles),
            SEGMENT_TRACKING_API_BASE_URL, URI.create(tracking));
  }

  /** One of the two addresses of this region. */
  URI address(Setting<URI> setting) {
    return addresses.get(setting);
  }

  /** That it leads to the US, which is what nobody has to set, while the other leads to the EU. */
  static Optional<Diagnosis> astray(Settings settings, Setting<URI> own, Setting<URI> other) {
    if (!US.holds(settings, own) || !EU.holds(settings, other)) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnosis.wrong(
            own,
            "It leads to the US, and " + other.variable() + " to the EU; a workspace is in one.",
            "In the EU set " + EU.address(own) + "; in the US leave both out."));
  }

  private boolean holds(Settings settings, Setting<URI> setting) {
    return address(setting).getHost().equalsIgnoreCase(settings.get(setting).getHost());
  }
}
