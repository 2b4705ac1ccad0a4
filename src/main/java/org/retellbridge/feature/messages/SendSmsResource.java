package org.retellbridge.feature.messages;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionStage;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.Argument;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.retell.functions.RetellFunction;
import org.retellbridge.partner.twilio.rest.Messages;

/** The agent texts the caller. */
@Path("/send_sms")
@ApplicationScoped
public class SendSmsResource {
  private SendSms sendSms;

  public SendSmsResource() {}

  @Inject
  SendSmsResource(SendSms sendSms) {
    this.sendSms = sendSms;
  }

  @POST
  @RetellFunction(
      name = "send_sms",
      description =
          "Sends a text message (SMS) to the caller's own number. Use it when the caller asks for"
              + " something in writing.",
      arguments = Text.class,
      effect = RetellFunction.Effect.ONCE_PER_CONTENT,
      ignoresOtherArguments = true)
  public CompletionStage<Answer> send(FunctionCall call) {
    return sendSms.toCaller(call, call.arguments(Text.class).message());
  }

  /** What the agent says. */
  record Text(
      @NotBlank(message = "is missing")
          @Size(max = Messages.LONGEST, message = "is longer than {max} characters")
          @Argument(
              "The text, at most 1600 characters, without anything the caller did not ask for")
          String message) {}
}
