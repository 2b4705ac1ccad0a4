package org.retellbridge.partner.retell.events;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** What Retell's analysis found of a call; every field may be absent, and of any type. */
public final class CallAnalysis {
  static final String SENTIMENT = "user_sentiment";
  static final String SUCCESSFUL = "call_successful";
  static final String IN_VOICEMAIL = "in_voicemail";

  private final JsonObject analysis;

  CallAnalysis(JsonObject analysis) {
    this.analysis = analysis;
  }

  /** In sentences. */
  public Optional<JsonValue> summary() {
    return find("call_summary");
  }

  public Optional<JsonValue> sentiment() {
    return find(SENTIMENT);
  }

  public Optional<JsonValue> successful() {
    return find(SUCCESSFUL);
  }

  public Optional<JsonValue> inVoicemail() {
    return find(IN_VOICEMAIL);
  }

  /** What the user of Retell has it look for. */
  public Optional<JsonValue> custom() {
    return find("custom_analysis_data");
  }

  /** All of it as JSON; empty where nothing was told. */
  public Optional<String> text() {
    return analysis.isEmpty() ? Optional.empty() : Optional.of(analysis.toString());
  }

  private Optional<JsonValue> find(String name) {
    return Optional.ofNullable(analysis.get(name)).filter(value -> value != JsonValue.NULL);
  }
}
