package org.retellbridge.feature.tasks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.CallContext;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.twilio.TaskAttributes;
import org.retellbridge.partner.twilio.rest.Tasks;
import org.retellbridge.partner.twilio.rest.Tasks.Creation;

/** Creates a task of what was said, with the way back to the call. */
@ApplicationScoped
public class CreateTask {
  private static final String TASK_TYPE = "task_type";

  /** Workflows read it under one name, however the model spells it. */
  private static final String SUMMARY = "summary";

  /** A task channel's unique name or SID. The SDK would leave out the text "null". */
  private static final Pattern CHANNEL = Pattern.compile("(?!null$)[A-Za-z0-9][\\w .-]{0,63}");

  /** The original's answer, with its status. */
  private static final JsonObject NO_TYPE =
      JsonText.object().add("status", "error").add("message", "Missing task type").build();

  private Tasks tasks;
  private boolean on;

  CreateTask() {}

  @Inject
  CreateTask(Tasks tasks, Settings settings) {
    this.tasks = tasks;
    this.on = settings.state(Feature.TASKS).on();
  }

  CompletionStage<Answer> from(FunctionCall call) {
    Optional<String> type = call.inQuery(TASK_TYPE).or(() -> call.arguments().text(TASK_TYPE));
    if (type.isEmpty()) {
      return now(Answer.malformed(NO_TYPE));
    }
    if (!on) {
      return now(Answer.failed("Tasks for the team are not set up."));
    }
    if (call.web()) {
      return now(Answer.failed("Tasks can only be created from a telephone call."));
    }
    if (!CHANNEL.matcher(type.get()).matches()) {
      return now(noSuchType(call));
    }
    return tasks.create(type.get(), attributes(call, type.get())).thenApply(CreateTask::answer);
  }

  private static String attributes(FunctionCall call, String type) {
    Map<String, String> context = new LinkedHashMap<>(CallContext.of(call));
    context.put(TASK_TYPE, type);
    Map<String, JsonValue> arguments = new LinkedHashMap<>();
    call.arguments().value(SUMMARY).ifPresent(summary -> arguments.put(SUMMARY, summary));
    arguments.putAll(call.arguments().besides(Set.of(TASK_TYPE, SUMMARY)));
    return new TaskAttributes(context, arguments, CallContext.reserved(call)).json();
  }

  private static Answer answer(Creation creation) {
    if (creation instanceof Creation.NotCreated not) {
      return Answer.failed(not.sentence()).because("twilio refused it: " + not.trace());
    }
    return Answer.done(
        JsonText.object()
            .add("status", "created")
            .add("taskSid", ((Creation.Created) creation).sid())
            .build());
  }

  private static Answer noSuchType(FunctionCall call) {
    String sentence = "There is no such sort of task.";
    return call.modelReads() ? Answer.failed(sentence) : Answer.malformed(sentence);
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedStage(answer);
  }
}
