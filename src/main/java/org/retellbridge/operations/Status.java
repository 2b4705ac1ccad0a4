package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.LedgerBeans;
import org.retellbridge.foundation.ledger.LedgerState;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.FeatureState;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.twilio.ForeignCalls;

/** The bridge's state as one JSON object. */
@ApplicationScoped
public class Status {
  private Settings settings;
  private Vendors vendors;
  private LedgerBeans ledger;
  private ForeignCalls calls;
  private SwitchPanel switches;
  private Version version;
  private String node;

  Status() {}

  @Inject
  Status(
      Settings settings,
      Vendors vendors,
      LedgerBeans ledger,
      ForeignCalls calls,
      SwitchPanel switches,
      Version version) {
    this.settings = settings;
    this.vendors = vendors;
    this.ledger = ledger;
    this.calls = calls;
    this.switches = switches;
    this.version = version;
    this.node = NodeName.read();
  }

  /** What changes unforeseen and costs nothing to know: switches and breakers. */
  public JsonObjectBuilder unsteady() {
    return JsonText.object().add("switches", switches.json()).add("breakers", vendors.breakers());
  }

  public String toJson() {
    return JsonText.object()
        .add("version", version.text())
        .add("node", node)
        .add("started", version.started().toString())
        .add("features", features())
        .add("settings", findings())
        .add("switches", switches.json())
        .add("ledger", ledger(ledger.state()))
        .add("vendors", vendors.toJson())
        .build()
        .toString();
  }

  private JsonObjectBuilder features() {
    JsonObjectBuilder features = JsonText.object();
    for (Feature feature : Feature.values()) {
      FeatureState state = settings.state(feature);
      JsonArrayBuilder missing = JsonText.array();
      state.missing().forEach(missing::add);
      JsonObjectBuilder json =
          JsonText.object()
              .add("on", state.on())
              .add("meaning", feature.meaning())
              .add("missing", missing);
      state.limit().ifPresent(limit -> json.add("limit", limit));
      features.add(feature.name().toLowerCase(java.util.Locale.ROOT), json);
    }
    return features;
  }

  private static JsonObjectBuilder ledger(LedgerState state) {
    JsonObjectBuilder json =
        JsonText.object()
            .add("up", state.up())
            .add("reason", state.down().orElse(""))
            .add("database", state.database())
            .add("outbox", state.outbox().depth())
            .add("dead_letters", state.outbox().dead())
            .add("oldest_seconds", state.outbox().oldest().toSeconds())
            .add("went_on_without_it", state.degraded())
            .add("unknown_effects", state.unknown())
            .add("dropped", state.dropped())
            .add("unsaved", state.unsaved());
    state
        .ahead()
        .ifPresentOrElse(
            ahead -> json.add("clock_ahead_seconds", ahead.toMillis() / 1_000.0),
            () -> json.addNull("clock_ahead_seconds"));
    return json;
  }

  private JsonArrayBuilder findings() {
    JsonArrayBuilder findings = JsonText.array();
    settings.toLookAt().forEach(findings::add);
    ledger.toLookAt().forEach(findings::add);
    calls.toLookAt().forEach(findings::add);
    return findings;
  }
}
