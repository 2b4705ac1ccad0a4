package org.retellbridge.storm;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.wire.Json;

/** One effect that an agent wants, asked for as often as a test likes, and what it was answered. */
final class Errand {
  enum Kind {
    SMS,
    TASK,
    EVENT
  }

  /** What an answer says of the effect. */
  enum Told {
    /** It happened, or will. */
    DONE,
    /** It may have happened. */
    UNKNOWN,
    /** It did not happen. */
    FAILED,
    /** There was no answer. */
    NOTHING
  }

  final Kind kind;
  final String marker;
  final Set<Told> told = ConcurrentHashMap.newKeySet();
  final Set<String> texts = ConcurrentHashMap.newKeySet();
  final AtomicInteger asked = new AtomicInteger();
  private final AgentCall agent;
  private final String toolCallId;

  private Errand(Kind kind, int number, AgentCall agent) {
    this.kind = kind;
    this.marker = "errand-" + number + "-";
    this.agent = agent;
    this.toolCallId = "tool_call_" + number;
  }

  /** Each of another caller in another call. */
  static Errand of(Kind kind, int number, Twin twin) {
    String caller = "+6148" + String.format("%07d", number);
    Map<String, String> context =
        Map.of(
            "twilio_call_sid",
            String.format("CA%032x", number),
            "from_number",
            caller,
            "to_number",
            TwinNames.NUMBER);
    return new Errand(
        kind,
        number,
        twin.retell()
            .talk(CallSpec.phone(TwinNames.AGENT, caller, TwinNames.NUMBER).metadata(context)));
  }

  /**
   * Asks once more, and waits for the answer.
   *
   * @param base the address of a node, with a trailing slash
   */
  Told ask(String base) {
    asked.incrementAndGet();
    ToolAnswer answer = agent.callFunction(tool(base));
    Told what = told(answer);
    told.add(what);
    if (answer.last().answered()) {
      texts.add(answer.last().text());
    }
    return what;
  }

  private ToolCall tool(String base) {
    ToolCall tool =
        switch (kind) {
          case SMS -> ToolCall.of(base + "send_sms", "send_sms", args("message"));
          case TASK ->
              ToolCall.of(base + "create_task?task_type=voice", "create_task", args("summary"));
          case EVENT -> ToolCall.of(base + "add_event", "survey_done", args("note"));
        };
    return tool.toolCallId(toolCallId);
  }

  private JsonObject args(String name) {
    return Json.strings(Map.of(name, marker));
  }

  private static Told told(ToolAnswer answer) {
    if (!answer.last().answered()) {
      return Told.NOTHING;
    }
    if (!answer.ok()) {
      throw new AssertionError(answer.last().toString());
    }
    JsonObject json = answer.json();
    String status = json.getString("status", "");
    if (status.equals("sent") || status.equals("created") || json.getBoolean("success", false)) {
      return Told.DONE;
    }
    String message = json.getString("message", "");
    return message.contains("certain") || message.contains("did not say")
        ? Told.UNKNOWN
        : Told.FAILED;
  }
}
