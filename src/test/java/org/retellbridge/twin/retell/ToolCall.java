package org.retellbridge.twin.retell;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.retellbridge.twin.wire.Fields;

/**
 * A custom function as the agent designer has set it up, and this call's arguments.
 *
 * @param url may hold {@code {{variables}}} such as {@code {{call_id}}}
 * @param argsAtRoot "Payload: args only": the body is the arguments, without call and name
 * @param maxRetry further attempts after a failure, 0 by default (documented)
 * @param toolCallId the id of this invocation in the transcript
 * @param noted whether the transcript shows the invocation before the request goes out
 * @param key signs instead of the webhook key, empty for that one
 * @param skew added to the time of the signature
 */
public record ToolCall(
    String name,
    String url,
    String method,
    JsonObject args,
    boolean argsAtRoot,
    Fields query,
    Map<String, String> headers,
    Duration timeout,
    int maxRetry,
    String toolCallId,
    boolean noted,
    String key,
    Duration skew) {

  public static ToolCall of(String url, String name, JsonObject args) {
    return new ToolCall(
        name,
        url,
        "POST",
        args,
        false,
        new Fields(),
        Map.of(),
        Duration.ofSeconds(120),
        0,
        "tool_call_" + UUID.randomUUID().toString().substring(0, 8),
        true,
        "",
        Duration.ZERO);
  }

  /** GET and DELETE have no body and carry the query only (documented). */
  public ToolCall method(String verb) {
    return new ToolCall(
        name,
        url,
        verb,
        args,
        argsAtRoot,
        query,
        headers,
        timeout,
        maxRetry,
        toolCallId,
        noted,
        key,
        skew);
  }

  public ToolCall argsOnly() {
    return new ToolCall(
        name,
        url,
        method,
        args,
        true,
        query,
        headers,
        timeout,
        maxRetry,
        toolCallId,
        noted,
        key,
        skew);
  }

  public ToolCall query(String parameter, String value) {
    Fields more = new Fields().addAll(query).add(parameter, value);
    return new ToolCall(
        name,
        url,
        method,
        args,
        argsAtRoot,
        more,
        headers,
        timeout,
        maxRetry,
        toolCallId,
        noted,
        key,
        skew);
  }

  public ToolCall header(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ToolCall(
        name,
        url,
        method,
        args,
        argsAtRoot,
        query,
        more,
        timeout,
        maxRetry,
        toolCallId,
        noted,
        key,
        skew);
  }

  public ToolCall timeout(Duration perAttempt) {
    return new ToolCall(
        name,
        url,
        method,
        args,
        argsAtRoot,
        query,
        headers,
        perAttempt,
        maxRetry,
        toolCallId,
        noted,
        key,
        skew);
  }

  public ToolCall retries(int count) {
    return new ToolCall(
        name,
        url,
        method,
        args,
        argsAtRoot,
        query,
        headers,
        timeout,
        count,
        toolCallId,
        noted,
        key,
        skew);
  }

  public ToolCall toolCallId(String id) {
    return new ToolCall(
        name,
        url,
        method,
        args,
        argsAtRoot,
        query,
        headers,
        timeout,
        maxRetry,
        id,
        noted,
        key,
        skew);
  }

  /** The transcript does not show the invocation yet, so that the request has no id of its own. */
  public ToolCall withoutInvocation() {
    return new ToolCall(
        name,
        url,
        method,
        args,
        argsAtRoot,
        query,
        headers,
        timeout,
        maxRetry,
        toolCallId,
        false,
        key,
        skew);
  }

  public ToolCall signedWith(String otherKey) {
    return new ToolCall(
        name,
        url,
        method,
        args,
        argsAtRoot,
        query,
        headers,
        timeout,
        maxRetry,
        toolCallId,
        noted,
        otherKey,
        skew);
  }

  public ToolCall signedAt(Duration fromNow) {
    return new ToolCall(
        name,
        url,
        method,
        args,
        argsAtRoot,
        query,
        headers,
        timeout,
        maxRetry,
        toolCallId,
        noted,
        key,
        fromNow);
  }
}
