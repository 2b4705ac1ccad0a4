package org.retellbridge.twin.retell;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Request;

/**
 * Reads the body of register-phone-call and refuses what the documentation does not allow. Stricter
 * than life in one point: unknown top-level fields are a 400 here, where Retell may ignore them.
 */
final class RegisterRequest {

  private static final Set<String> FIELDS =
      Set.of(
          "agent_id",
          "agent_version",
          "agent_override",
          "direction",
          "from_number",
          "to_number",
          "metadata",
          "retell_llm_dynamic_variables");
  private static final Pattern TAG = Pattern.compile("[a-z0-9_-]{1,20}");
  private static final int METADATA_LIMIT = 50 * 1024;

  private final JsonObject body;

  private RegisterRequest(JsonObject body) {
    this.body = body;
  }

  /**
   * @throws Refusal with 400 for anything malformed
   */
  static CallSpec read(Request request) {
    if (!request.header("content-type").orElse("").startsWith("application/json")) {
      throw new Refusal(400, "Content-Type must be application/json");
    }
    JsonObject body =
        Json.parseObject(request.body())
            .orElseThrow(() -> new Refusal(400, "request body must be a JSON object"));
    return new RegisterRequest(body).spec();
  }

  private CallSpec spec() {
    body.keySet().stream()
        .filter(name -> !FIELDS.contains(name))
        .findFirst()
        .ifPresent(name -> refuse("request/body must NOT have additional property " + name));
    if (!body.containsKey("agent_id")) {
      refuse("request/body must have required property 'agent_id'");
    }
    String direction = text("direction");
    if (!Set.of("", "inbound", "outbound").contains(direction)) {
      refuse("request/body/direction must be equal to one of the allowed values");
    }
    return new CallSpec(
        "phone_call",
        text("agent_id"),
        version(),
        direction,
        text("from_number"),
        text("to_number"),
        metadata(),
        variables(),
        AgentOverride.checked(object("agent_override")));
  }

  private String version() {
    JsonValue version = body.get("agent_version");
    if (version == null) {
      return "";
    }
    if (version instanceof JsonNumber number && number.isIntegral() && number.longValue() >= 0) {
      return number.toString();
    }
    if (version instanceof JsonString tag && TAG.matcher(tag.getString()).matches()) {
      return tag.getString();
    }
    throw new Refusal(400, "request/body/agent_version must be an integer >= 0 or a tag");
  }

  private JsonObject metadata() {
    JsonObject metadata = object("metadata");
    if (metadata.toString().getBytes(StandardCharsets.UTF_8).length > METADATA_LIMIT) {
      refuse("request/body/metadata must not exceed 50 kB");
    }
    return metadata;
  }

  private JsonObject variables() {
    JsonObject variables = object("retell_llm_dynamic_variables");
    variables.forEach(
        (name, value) -> {
          if (!(value instanceof JsonString)) {
            refuse("request/body/retell_llm_dynamic_variables/" + name + " must be string");
          }
        });
    return variables;
  }

  private JsonObject object(String name) {
    JsonValue value = body.get(name);
    if (value != null && !(value instanceof JsonObject)) {
      refuse("request/body/" + name + " must be object");
    }
    return Json.child(body, name);
  }

  private String text(String name) {
    JsonValue value = body.get(name);
    if (value == null) {
      return "";
    }
    if (value instanceof JsonString text && !text.getString().isEmpty()) {
      return text.getString();
    }
    throw new Refusal(400, "request/body/" + name + " must be a string of at least 1 character");
  }

  private static void refuse(String message) {
    throw new Refusal(400, message);
  }
}
