package org.retellbridge.twin.retell;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.retellbridge.twin.wire.Json;

/** What was said in a call and which tools were called, in the three forms that Retell sends. */
final class Transcript {
  private static final double SECONDS_A_WORD = 0.375;

  private final List<JsonObject> items = new ArrayList<>();
  private int spoken;

  synchronized void said(String role, String text) {
    items.add(
        Json.object().add("role", role).add("content", text).add("words", words(text)).build());
  }

  /** Each word with the seconds of the call between which it was spoken (documented). */
  private JsonArrayBuilder words(String text) {
    JsonArrayBuilder words = Json.array();
    for (String word : text.strip().split("\\s+")) {
      words.add(
          Json.object()
              .add("word", word)
              .add("start", spoken * SECONDS_A_WORD)
              .add("end", ++spoken * SECONDS_A_WORD));
    }
    return words;
  }

  synchronized void invoked(String toolCallId, String name, String arguments) {
    items.add(
        Json.object()
            .add("role", "tool_call_invocation")
            .add("tool_call_id", toolCallId)
            .add("name", name)
            .add("arguments", arguments)
            .build());
  }

  synchronized void result(String toolCallId, String content, boolean successful) {
    items.add(
        Json.object()
            .add("role", "tool_call_result")
            .add("tool_call_id", toolCallId)
            .add("successful", successful)
            .add("content", content)
            .build());
  }

  /** Lines such as {@code Agent: Hello}. */
  synchronized String text() {
    StringBuilder text = new StringBuilder();
    for (JsonObject item : items) {
      String role = item.getString("role");
      if (isSpeaker(item)) {
        text.append(role.equals("agent") ? "Agent: " : "User: ");
        text.append(item.getString("content")).append('\n');
      }
    }
    return text.toString();
  }

  synchronized JsonArray spoken() {
    JsonArrayBuilder array = Json.array();
    items.stream().filter(Transcript::isSpeaker).forEach(array::add);
    return array.build();
  }

  synchronized JsonArray withToolCalls() {
    JsonArrayBuilder array = Json.array();
    items.forEach(array::add);
    return array.build();
  }

  private static boolean isSpeaker(JsonObject item) {
    return item.containsKey("words");
  }
}
