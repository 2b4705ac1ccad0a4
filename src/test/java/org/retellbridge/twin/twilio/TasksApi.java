package org.retellbridge.twin.twilio;

import jakarta.json.JsonObject;
import java.util.List;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** Accepts TaskRouter tasks. The codes of refusals are inferred: 20001 is Twilio's general one. */
final class TasksApi {

  private static final long LONGEST_TIMEOUT = 1_209_600;

  private final TwilioAccount account;
  private final Books books;

  TasksApi(TwilioAccount account, Books books) {
    this.account = account;
    this.books = books;
  }

  Reply create(Request request, List<String> places) {
    String workspace = places.get(0);
    InventoryApi.requireWorkspace(books, workspace, request);
    Fields form = request.form();
    String workflow = workflow(workspace, form.get("WorkflowSid"));
    String channel = form.first("TaskChannel").orElse("default");
    require(books.taskChannels.contains(channel), "TaskChannel " + channel + " does not exist");
    JsonObject attributes =
        Json.parseObject(form.first("Attributes").orElse("{}"))
            .orElseThrow(() -> new RestError(400, 20001, "Attributes is not valid JSON"));
    String timeout = form.first("Timeout").orElse("86400");
    require(timeout.matches("\\d{1,9}") && Long.parseLong(timeout) <= LONGEST_TIMEOUT, "Timeout");
    String priority = form.first("Priority").orElse("0");
    require(priority.matches("\\d{1,9}"), "Priority is not a number");
    CreatedTask task =
        new CreatedTask(
            Sids.next("WT"),
            workspace,
            workflow,
            channel,
            attributes,
            Integer.parseInt(priority),
            "");
    books.add(task);
    return Reply.json(201, resource(task));
  }

  Reply fetch(Request request, List<String> places) {
    return books.tasks().stream()
        .filter(task -> task.workspaceSid().equals(places.get(0)))
        .filter(task -> task.sid().equals(places.get(1)))
        .findFirst()
        .map(task -> Reply.json(200, resource(task)))
        .orElseThrow(() -> RestError.notFound(request.rawPath()));
  }

  /** Optional only where the workspace has a single workflow (documented). */
  private String workflow(String workspace, String given) {
    List<Books.Workflow> all =
        books.workflows.values().stream()
            .filter(workflow -> workflow.workspaceSid().equals(workspace))
            .toList();
    if (given.isEmpty() && all.size() == 1) {
      return all.get(0).workflowSid();
    }
    require(
        all.stream().anyMatch(workflow -> workflow.workflowSid().equals(given)),
        "WorkflowSid is required and must exist");
    return given;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new RestError(400, 20001, message);
    }
  }

  private JsonObject resource(CreatedTask task) {
    return Json.object()
        .add("sid", task.sid())
        .add("account_sid", account.sid())
        .add("workspace_sid", task.workspaceSid())
        .add("workflow_sid", task.workflowSid())
        .add("task_channel_unique_name", task.channel())
        .add("attributes", task.attributes().toString())
        .add("assignment_status", "pending")
        .add("priority", task.priority())
        .add("age", 0)
        .add("timeout", 86_400)
        .add("date_created", Dates.iso())
        .build();
  }
}
