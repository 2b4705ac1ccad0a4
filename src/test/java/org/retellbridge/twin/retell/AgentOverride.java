package org.retellbridge.twin.retell;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;

/**
 * The rules of {@code agent_override}: which parts exist, and which fields of the language model
 * and the flow may be changed for one call. Prompt and tools may not (documented); that Retell
 * refuses them with 400 is inferred.
 */
final class AgentOverride {

  private static final Set<String> FLOW =
      Set.of(
          "model_choice",
          "model_temperature",
          "tool_call_strict_mode",
          "knowledge_base_ids",
          "kb_config",
          "start_speaker",
          "begin_after_user_silence_ms");
  private static final Set<String> LLM =
      Set.of(
          "model",
          "s2s_model",
          "model_temperature",
          "model_high_priority",
          "tool_call_strict_mode",
          "knowledge_base_ids",
          "kb_config",
          "start_speaker",
          "begin_after_user_silence_ms",
          "begin_message");
  private static final Map<String, Set<String>> PARTS =
      Map.of("agent", Set.of(), "retell_llm", LLM, "conversation_flow", FLOW);
  static final Set<String> EVENTS =
      Set.of(
          "call_started",
          "call_ended",
          "call_analyzed",
          "transcript_updated",
          "transfer_started",
          "transfer_bridged",
          "transfer_cancelled",
          "transfer_ended");

  private AgentOverride() {}

  static JsonObject checked(JsonObject override) {
    override.forEach(AgentOverride::part);
    return override;
  }

  private static void part(String name, JsonValue part) {
    require(PARTS.containsKey(name), name + " is not a part of an agent override");
    require(part instanceof JsonObject, name + " must be object");
    Set<String> allowed = PARTS.get(name);
    part.asJsonObject()
        .keySet()
        .forEach(
            field ->
                require(
                    allowed.isEmpty() || allowed.contains(field),
                    name + "/" + field + " cannot be overridden"));
    if (name.equals("agent")) {
      webhook(part.asJsonObject());
    }
  }

  private static void webhook(JsonObject agent) {
    JsonValue url = agent.get("webhook_url");
    require(url == null || url instanceof JsonString, "agent/webhook_url must be string");
    JsonValue timeout = agent.get("webhook_timeout_ms");
    require(
        timeout == null || timeout instanceof JsonNumber number && number.isIntegral(),
        "agent/webhook_timeout_ms must be integer");
    JsonValue events = agent.get("webhook_events");
    require(
        events == null
            || events instanceof JsonArray array && array.stream().allMatch(AgentOverride::known),
        "agent/webhook_events must be a list of known events");
  }

  private static boolean known(JsonValue event) {
    return event instanceof JsonString name && EVENTS.contains(name.getString());
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new Refusal(400, "request/body/agent_override: " + message);
    }
  }
}
