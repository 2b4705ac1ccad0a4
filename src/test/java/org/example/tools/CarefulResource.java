package org.example.tools;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.retell.functions.RetellFunction;

/** Functions of a company that are not as usual: one asks more of Jakarta REST, one is broken. */
@Path("/")
@ApplicationScoped
public class CarefulResource {

  /** What somebody makes beside their functions. */
  public interface Clerk {
    String name();
  }

  @Produces
  @ApplicationScoped
  public Clerk clerk() {
    return () -> "Kim";
  }

  @POST
  @Path("/json_only")
  @Consumes("application/json")
  @RetellFunction(name = "json_only", description = "Takes JSON and calls it so.")
  public CompletionStage<Answer> jsonOnly(FunctionCall call) {
    return CompletableFuture.completedStage(
        Answer.done(JsonText.object().add("status", "taken").build()));
  }

  @POST
  @Path("/broken")
  @RetellFunction(name = "broken", description = "Answers nothing that can be sent.")
  public CompletionStage<Answer> broken(FunctionCall call) {
    return CompletableFuture.completedStage(new Answer(200, Answer.Outcome.DONE, null));
  }

  @POST
  @Path("/anything")
  @RetellFunction(name = "anything", description = "Takes anything.")
  public CompletionStage<Answer> anything(FunctionCall call) {
    return CompletableFuture.supplyAsync(
        () -> Answer.done(JsonText.object().add("status", "täken").build()));
  }
}
