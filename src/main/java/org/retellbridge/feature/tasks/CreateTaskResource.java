package org.retellbridge.feature.tasks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.Argument;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.retell.functions.RetellFunction;
import org.retellbridge.partner.twilio.TwilioProof;

/** The agent, or a Studio flow, leaves something for people to do. */
@Path("/create_task")
@ApplicationScoped
public class CreateTaskResource {
  private CreateTask createTask;

  public CreateTaskResource() {}

  @Inject
  CreateTaskResource(CreateTask createTask) {
    this.createTask = createTask;
  }

  @POST
  @RetellFunction(
      name = "create_task",
      description =
          "Leaves a task for the team, such as a call back, that somebody does after this call. It"
              + " does not transfer the call.",
      arguments = NewTask.class,
      effect = RetellFunction.Effect.ONCE_PER_CONTENT,
      alsoSignedBy = TwilioProof.VENDOR)
  public CompletionStage<Answer> create(FunctionCall call) {
    return createTask.from(call);
  }

  /**
   * For the model: every further argument becomes an attribute of the task as well. Nothing is
   * enforced, because the tool's URL may name the sort of task.
   */
  record NewTask(
      @NotNull @Argument("The sort of task, which is a task channel such as default")
          String task_type,
      @Argument("What is to be done, for the person who does it") Optional<String> summary) {}
}
