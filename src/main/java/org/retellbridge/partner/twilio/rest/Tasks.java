package org.retellbridge.partner.twilio.rest;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/**
 * Creates tasks in the configured Flex workflow. They hold no caller: people work on them later.
 */
@ApplicationScoped
public class Tasks {
  private TwilioRest twilio;
  private Optional<String> workspace = Optional.empty();
  private Optional<String> workflow = Optional.empty();

  Tasks() {}

  @Inject
  Tasks(TwilioRest twilio, Settings settings) {
    this.twilio = twilio;
    this.workspace = settings.find(Catalogue.WORKSPACE_SID);
    this.workflow = settings.find(Catalogue.WORKFLOW_SID);
  }

  /** What came of creating a task. */
  public sealed interface Creation {
    /** The task waits for somebody. */
    record Created(String sid) implements Creation {}

    /** Twilio said no. */
    record NotCreated(String trace, String sentence) implements Creation {}
  }

  /**
   * Creates a task; asked again only when the first request surely came to nothing.
   *
   * @param channel unique name or SID of a task channel
   * @param attributes a JSON object
   */
  public CompletionStage<Creation> create(String channel, String attributes) {
    return twilio
        .ask(
            "a task",
            Repeat.IF_NOTHING_HAPPENED,
            client ->
                Task.creator(workspace.orElseThrow())
                    .setWorkflowSid(workflow.orElseThrow())
                    .setTaskChannel(channel)
                    .setAttributes(attributes)
                    .create(client))
        .thenApply(Tasks::creation);
  }

  private static Creation creation(TwilioReply<Task> reply) {
    if (reply instanceof TwilioReply.Refused<Task> refused) {
      return new Creation.NotCreated(
          refused.trace(),
          Refusals.sentence(refused.code(), "The telephone system did not take the task."));
    }
    return new Creation.Created(
        Sids.created("WT", ((TwilioReply.Done<Task>) reply).resource().getSid()));
  }
}
