package org.retellbridge.twin.retell;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/**
 * A custom function as the agent designer has set it up, with one call's arguments. Set up by
 * chaining; each method changes this object.
 */
public final class ToolCall {

  final String name;
  final String url;
  JsonObject args;
  final Fields query = new Fields();
  final Map<String, String> headers = new LinkedHashMap<>();
  String method = "POST";
  boolean argsAtRoot;
  boolean besideTheCall;
  Duration timeout = Duration.ofSeconds(120);
  int maxRetry;
  String toolCallId = "tool_call_" + UUID.randomUUID().toString().substring(0, 8);
  boolean noted = true;
  String written;
  String key = "";
  Duration skew = Duration.ZERO;

  private ToolCall(String url, String name, JsonObject args) {
    this.url = url;
    this.name = name;
    this.args = args;
    this.written = args.toString();
  }

  /**
   * @param url may hold {@code {{variables}}} such as {@code {{call_id}}}
   */
  public static ToolCall of(String url, String name, JsonObject args) {
    return new ToolCall(url, name, args);
  }

  /** GET and DELETE have no body and carry the query only (documented). */
  public ToolCall method(String verb) {
    method = verb;
    return this;
  }

  /** "Payload: args only": the body is the arguments, without call and name. */
  public ToolCall argsOnly() {
    argsAtRoot = true;
    return this;
  }

  /**
   * The arguments stand beside the call, without name and {@code args}, as nodes of a conversation
   * flow do according to one integrator (observed).
   */
  public ToolCall besideTheCall() {
    besideTheCall = true;
    return this;
  }

  /** A configured query parameter; the value may hold {@code {{variables}}}. */
  public ToolCall query(String parameter, String value) {
    query.add(parameter, value);
    return this;
  }

  /** A configured header; the value may hold {@code {{variables}}}. */
  public ToolCall header(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** Of one attempt; 120 s unless said otherwise (documented). */
  public ToolCall timeout(Duration perAttempt) {
    timeout = perAttempt;
    return this;
  }

  /** Further attempts after any failure, none unless said otherwise (documented). */
  public ToolCall retries(int count) {
    maxRetry = count;
    return this;
  }

  /** The id of this invocation in the transcript. */
  public ToolCall toolCallId(String id) {
    toolCallId = id;
    return this;
  }

  /** The transcript does not show the invocation, so that the request has no id of its own. */
  public ToolCall withoutInvocation() {
    noted = false;
    return this;
  }

  /**
   * The arguments as the transcript shows them: the model's own text, whatever Retell made of it.
   */
  public ToolCall written(String arguments) {
    written = arguments;
    return this;
  }

  /**
   * What the agent says while the tool runs, where its execution message is a prompt: the model
   * writes it as one more argument (observed).
   */
  public ToolCall speaks(String words) {
    args = Json.object(args).add("execution_message", words).build();
    written = args.toString();
    return this;
  }

  /** Another key than the one with the webhook badge. */
  public ToolCall signedWith(String otherKey) {
    key = otherKey;
    return this;
  }

  /** A signature of another time, relative to now. */
  public ToolCall signedAt(Duration fromNow) {
    skew = fromNow;
    return this;
  }
}
