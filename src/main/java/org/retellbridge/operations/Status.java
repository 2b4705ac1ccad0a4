package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.FeatureState;
import org.retellbridge.foundation.settings.Finding;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.retell.RetellCalls;

/** The bridge's state as one JSON object. */
@ApplicationScoped
public class Status {
  private Settings settings;
  private RetellCalls retell;
  private Version version;

  Status() {}

  @Inject
  Status(Settings settings, RetellCalls retell, Version version) {
    this.settings = settings;
    this.retell = retell;
    this.version = version;
  }

  String toJson() {
    return JsonText.object()
        .add("version", version.text())
        .add("features", features())
        .add("settings", findings())
        .add(
            "vendors",
            JsonText.object()
                .add("retell", JsonText.object().add("breaker", retell.breakerState())))
        .build()
        .toString();
  }

  private JsonObjectBuilder features() {
    JsonObjectBuilder features = JsonText.object();
    for (Feature feature : Feature.values()) {
      FeatureState state = settings.state(feature);
      JsonArrayBuilder missing = JsonText.array();
      state.missing().forEach(missing::add);
      features.add(
          feature.name().toLowerCase(java.util.Locale.ROOT),
          JsonText.object()
              .add("on", state.on())
              .add("meaning", feature.meaning())
              .add("missing", missing));
    }
    return features;
  }

  private JsonArrayBuilder findings() {
    JsonArrayBuilder findings = JsonText.array();
    settings.findings().stream().map(Finding::sentence).forEach(findings::add);
    return findings;
  }
}
