package org.retellbridge.twin.retell;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import org.retellbridge.twin.wire.Json;

/**
 * What a call is registered with. Empty texts and objects were not sent.
 *
 * @param version a number or a tag, empty for the latest
 */
public record CallSpec(
    String callType,
    String agentId,
    String version,
    String direction,
    String from,
    String to,
    JsonObject metadata,
    JsonObject variables,
    JsonObject override) {

  private static final JsonObject NONE = JsonValue.EMPTY_JSON_OBJECT;

  /** An inbound phone call. */
  public static CallSpec phone(String agentId, String from, String to) {
    return new CallSpec("phone_call", agentId, "", "inbound", from, to, NONE, NONE, NONE);
  }

  /** A call from a browser: no numbers, and the metadata may come from the browser's user. */
  public static CallSpec web(String agentId) {
    return new CallSpec("web_call", agentId, "", "", "", "", NONE, NONE, NONE);
  }

  public CallSpec direction(String value) {
    return new CallSpec(callType, agentId, version, value, from, to, metadata, variables, override);
  }

  public CallSpec metadata(Map<String, String> values) {
    return new CallSpec(
        callType, agentId, version, direction, from, to, Json.strings(values), variables, override);
  }

  public CallSpec variables(Map<String, String> values) {
    return new CallSpec(
        callType, agentId, version, direction, from, to, metadata, Json.strings(values), override);
  }

  public CallSpec override(JsonObject agentOverride) {
    return new CallSpec(
        callType, agentId, version, direction, from, to, metadata, variables, agentOverride);
  }
}
