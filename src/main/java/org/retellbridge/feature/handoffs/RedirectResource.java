package org.retellbridge.feature.handoffs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionStage;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.Argument;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.retell.functions.RetellFunction;

/** The agent hands the call over. */
@Path("/redirect")
@ApplicationScoped
public class RedirectResource {
  private Redirect redirect;

  public RedirectResource() {}

  @Inject
  RedirectResource(Redirect redirect) {
    this.redirect = redirect;
  }

  @POST
  @RetellFunction(
      name = "transfer_to_human",
      description =
          "Transfers the call to a person. Use it when the caller asks for one, or when you cannot"
              + " help. The call leaves you when it works.",
      arguments = Handover.class,
      effect = RetellFunction.Effect.ONCE_PER_TOOL,
      harmlessTwice = true, // and an agent that asks again has the caller still
      speakMeanwhile =
          "Tell the caller in one short sentence, in the language of the call, that you are"
              + " connecting them to a person.",
      offeredDelay = 2000)
  public CompletionStage<Answer> redirect(FunctionCall call) {
    return redirect.of(call, call.base());
  }

  /**
   * For the model, spelt as in the original's tool. It is not enforced: a caller who wants a person
   * gets one even if the model forgets the summary.
   */
  record Handover(
      @NotNull @Argument("What the call was about so far, for the person who takes it")
          String Summary) {}
}
