package org.example.tools;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.Argument;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.retell.functions.RetellFunction;

/** A company's own tool, as docs/own-functions.md shows it. */
@Path("/order_status")
@ApplicationScoped
public class OrderStatusResource {
  /** What the model is asked for. */
  public record Arguments(
      @NotBlank(message = "is missing") @Argument("The number on the receipt, such as 4711")
          String order_number) {}

  @POST
  @RetellFunction(
      name = "order_status",
      description = "Tells how far an order is. Ask for the order number first.",
      arguments = Arguments.class,
      effect = RetellFunction.Effect.NONE)
  public CompletionStage<Answer> status(FunctionCall call) {
    Arguments arguments = call.arguments(Arguments.class);
    return CompletableFuture.completedStage(
        Answer.done(
            Json.createObjectBuilder()
                .add("order_number", arguments.order_number())
                .add("status", "on its way")
                .build()));
  }
}
