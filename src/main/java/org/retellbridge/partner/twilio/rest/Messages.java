package org.retellbridge.partner.twilio.rest;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/** Sends SMS from the configured number, else by the messaging service. */
@ApplicationScoped
public class Messages {
  /** Twilio's code for a message without a body. */
  private static final int NO_TEXT = 21602;

  /** Error 21617. */
  public static final int LONGEST = 1_600;

  private TwilioRest twilio;
  private Optional<String> number = Optional.empty();
  private Optional<String> service = Optional.empty();

  Messages() {}

  @Inject
  Messages(TwilioRest twilio, Settings settings) {
    this.twilio = twilio;
    this.number = settings.find(Catalogue.SMS_FROM_NUMBER);
    this.service = settings.find(Catalogue.SMS_MESSAGING_SERVICE_SID);
  }

  /** What came of sending an SMS. */
  public sealed interface Sending {
    /** Twilio took it; whether it arrives is known later. */
    record Sent(String sid) implements Sending {}

    /**
     * Twilio said no.
     *
     * @param trace its code, and by what its support finds the request
     */
    record NotSent(String trace, String sentence) implements Sending {}
  }

  /** Sends a text; asked again only when the first request surely came to nothing. */
  public CompletionStage<Sending> send(
      org.retellbridge.foundation.telephony.PhoneNumber to, String text) {
    // The SDK takes the text "null" for no text and leaves the field out.
    if (text.isBlank() || "null".equals(text)) {
      return CompletableFuture.completedStage(
          new Sending.NotSent("code " + NO_TEXT, Refusals.sentence(NO_TEXT, "")));
    }
    return twilio
        .ask(
            "a message",
            Repeat.IF_NOTHING_HAPPENED,
            client -> creator(new PhoneNumber(to.value()), text).create(client))
        .thenApply(Messages::sending);
  }

  private MessageCreator creator(PhoneNumber to, String text) {
    return number
        .map(from -> Message.creator(to, new PhoneNumber(from), text))
        .orElseGet(() -> Message.creator(to, service.orElseThrow(), text));
  }

  private static Sending sending(TwilioReply<Message> reply) {
    if (reply instanceof TwilioReply.Refused<Message> refused) {
      return new Sending.NotSent(
          refused.trace(),
          Refusals.sentence(refused.code(), "The telephone system did not take the text message."));
    }
    return new Sending.Sent(
        Sids.created("SM|MM", ((TwilioReply.Done<Message>) reply).resource().getSid()));
  }
}
