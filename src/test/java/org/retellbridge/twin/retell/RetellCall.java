package org.retellbridge.twin.retell;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import org.retellbridge.twin.wire.Json;

/** One call in Retell's books, from its registration to its end. */
public final class RetellCall {

  /** As in {@code call_status}. */
  public enum Status {
    REGISTERED,
    ONGOING,
    ENDED,
    ERROR;

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** From registration to the connected SIP call (documented). */
  static final Duration DIAL_WINDOW = Duration.ofMinutes(5);

  private final String callId;
  private final CallSpec spec;
  private final RetellAgent agent;
  private final int version;
  private final Instant registered;
  private final Transcript transcript = new Transcript();
  private Status status = Status.REGISTERED;
  private Instant started;
  private Instant ended;
  private String reason = "";

  RetellCall(String callId, CallSpec spec, RetellAgent agent, int version, Instant now) {
    this.callId = callId;
    this.spec = spec;
    this.agent = agent;
    this.version = version;
    this.registered = now;
  }

  public String callId() {
    return callId;
  }

  public CallSpec spec() {
    return spec;
  }

  public RetellAgent agent() {
    return agent;
  }

  /** The version that the request's number or tag led to. */
  public int version() {
    return version;
  }

  public synchronized Status status() {
    return status;
  }

  /** Why it ended, empty while it has not. */
  public synchronized String disconnectionReason() {
    return reason;
  }

  Transcript transcript() {
    return transcript;
  }

  /** Takes the SIP leg: once, and only inside the dial window. */
  synchronized boolean start(Instant now) {
    if (status != Status.REGISTERED || overdue(now)) {
      return false;
    }
    status = Status.ONGOING;
    started = now;
    return true;
  }

  synchronized boolean overdue(Instant now) {
    return status == Status.REGISTERED && now.isAfter(registered.plus(DIAL_WINDOW));
  }

  /** Returns false where it had ended before. */
  synchronized boolean end(String disconnectionReason, Instant now) {
    if (status == Status.ENDED || status == Status.ERROR) {
      return false;
    }
    status = status == Status.ONGOING ? Status.ENDED : Status.ERROR;
    reason = disconnectionReason;
    ended = now;
    return true;
  }

  /** The call object as it is now; fields that were never given are absent (documented). */
  public synchronized JsonObject json() {
    JsonObjectBuilder json = asRegistered();
    if (started != null) {
      json.add("start_timestamp", started.toEpochMilli());
      json.add("transcript", transcript.text());
      json.add("transcript_object", transcript.spoken());
      json.add("transcript_with_tool_calls", transcript.withToolCalls());
    }
    if (ended != null) {
      json.add("end_timestamp", ended.toEpochMilli());
      json.add("disconnection_reason", reason);
      if (started != null) {
        json.add("duration_ms", Duration.between(started, ended).toMillis());
      }
    }
    return json.build();
  }

  private JsonObjectBuilder asRegistered() {
    JsonObjectBuilder json =
        Json.object()
            .add("call_type", spec.callType())
            .add("call_id", callId)
            .add("agent_id", agent.agentId())
            .add("agent_version", version)
            .add("agent_name", agent.name())
            .add("call_status", status.text());
    add(json, "direction", spec.direction());
    add(json, "from_number", spec.from());
    add(json, "to_number", spec.to());
    add(json, "metadata", spec.metadata());
    add(json, "retell_llm_dynamic_variables", spec.variables());
    return json;
  }

  private static void add(JsonObjectBuilder json, String name, String value) {
    if (!value.isEmpty()) {
      json.add(name, value);
    }
  }

  private static void add(JsonObjectBuilder json, String name, JsonObject value) {
    if (!value.isEmpty()) {
      json.add(name, value);
    }
  }
}
