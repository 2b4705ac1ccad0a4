package org.retellbridge.twin.twilio;

import jakarta.json.JsonObject;

/**
 * A TaskRouter task.
 *
 * @param callSid the caller that waits for it, empty for a task made by the REST API
 */
public record CreatedTask(
    String sid,
    String workspaceSid,
    String workflowSid,
    String channel,
    JsonObject attributes,
    int priority,
    String callSid) {}
