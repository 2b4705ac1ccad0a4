package org.retellbridge.twin.retell;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** The agent in a conversation: it speaks, listens, calls functions and hangs up. */
public final class AgentCall {

  private final RetellCall call;
  private final RetellTwin retell;
  private final Variables variables;
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  AgentCall(RetellCall call, RetellTwin retell) {
    this.call = call;
    this.retell = retell;
    this.variables = new Variables(call);
  }

  public String callId() {
    return call.callId();
  }

  public RetellCall call() {
    return call;
  }

  /** Completes with the disconnection reason. */
  public CompletableFuture<String> ended() {
    return ended;
  }

  /** The agent speaks; {@code {{variables}}} are filled in. */
  public String says(String text) {
    String spoken = variables.fill(text);
    call.transcript().said("agent", spoken);
    retell.traffic().timeline().add("Agent", "Caller", "“" + spoken + "”");
    return spoken;
  }

  /** The agent hears the caller. */
  public void hears(String text) {
    call.transcript().said("user", text);
    retell.traffic().timeline().add("Caller", "Agent", "“" + text + "”");
  }

  public ToolAnswer callFunction(String url, String name, Map<String, String> args) {
    return callFunction(ToolCall.of(url, name, Json.strings(args)));
  }

  public ToolAnswer callFunction(String url, String name, JsonObject args) {
    return callFunction(ToolCall.of(url, name, args));
  }

  /** Calls a function as the model does; returns when it is answered or given up. */
  public ToolAnswer callFunction(ToolCall tool) {
    if (tool.noted) {
      call.transcript().invoked(tool.toolCallId, tool.name, tool.written);
    }
    ToolAnswer answer = new ToolAnswer(send(tool, call.json()));
    call.transcript().result(tool.toolCallId, answer.heardByModel(), answer.ok());
    return answer;
  }

  private List<Exchange> send(ToolCall tool, JsonObject callObject) {
    boolean bodiless = tool.method.equals("GET") || tool.method.equals("DELETE");
    String body = bodiless ? "" : body(tool, callObject).toString();
    Map<String, String> headers = new LinkedHashMap<>();
    tool.headers.forEach((name, value) -> headers.put(name, variables.fill(value)));
    return retell
        .sender()
        .send(
            new SignedSender.Parcel(
                tool.method,
                url(tool),
                headers,
                body,
                tool.key.isEmpty() ? retell.keys().webhook() : tool.key,
                tool.skew,
                tool.timeout,
                tool.maxRetry + 1));
  }

  private static JsonObject body(ToolCall tool, JsonObject callObject) {
    if (tool.argsAtRoot) {
      return tool.args;
    }
    if (tool.besideTheCall) {
      return Json.object(tool.args).add("call", callObject).build();
    }
    return Json.object()
        .add("name", tool.name)
        .add("call", callObject)
        .add("args", tool.args)
        .build();
  }

  private String url(ToolCall tool) {
    String url = variables.fillEncoded(tool.url);
    Fields query = new Fields();
    tool.query.list().forEach(field -> query.add(field.name(), variables.fill(field.value())));
    if (query.isEmpty()) {
      return url;
    }
    return url + (url.contains("?") ? "&" : "?") + query.encoded();
  }

  /** The agent ends the call. */
  public void hangUp() {
    end("agent_hangup");
  }

  /**
   * The other end of the SIP leg is gone: the caller hung up, or Twilio took the call elsewhere.
   * That Retell calls the latter {@code user_hangup} too is inferred.
   */
  public void otherSideLeft() {
    end("user_hangup");
  }

  private void end(String reason) {
    if (retell.end(call, reason)) {
      ended.complete(reason);
    }
  }

  /** The agent's first words, if it has any: as soon as the caller is connected. */
  public void greets() {
    JsonObject llm = Json.child(call.spec().override(), "retell_llm");
    String words = Json.text(llm, "begin_message").orElse(call.agent().greeting());
    if (!words.isEmpty()) {
      says(words);
    }
  }
}
