package org.retellbridge.feature.messages;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Allowance;
import org.retellbridge.foundation.ledger.Allowance.Reservation;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.CallerSource;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.twilio.rest.Messages;
import org.retellbridge.partner.twilio.rest.Messages.Sending;

/** Sends a text to whoever is on the line, as often as the call and the number may. */
@ApplicationScoped
public class SendSms {
  private static final String ALLOWED = "sms";

  private Messages messages;
  private Allowance allowance;
  private int perCall;
  private int perNumber;
  private boolean on;

  SendSms() {}

  @Inject
  SendSms(Messages messages, Allowance allowance, Settings settings) {
    this.messages = messages;
    this.allowance = allowance;
    this.perCall = settings.get(Catalogue.SMS_PER_CALL);
    this.perNumber = settings.get(Catalogue.SMS_PER_NUMBER_A_DAY);
    this.on = settings.state(Feature.MESSAGES).on();
  }

  CompletionStage<Answer> toCaller(FunctionCall call, String text) {
    if (!on) {
      return refused("Text messages are not set up.");
    }
    Optional<PhoneNumber> caller = telephone(call);
    if (caller.isEmpty()) {
      return refused("There is no number of the caller that a text message could be sent to.");
    }
    Optional<CallId> id = call.callId();
    if (id.isEmpty()) {
      return refused("There is no call that a text message could belong to.");
    }
    return allowance
        .reserve(id.get(), ALLOWED, perCall)
        .thenCompose(
            reserved ->
                reserved
                    .map(place -> within(place, caller.get(), text))
                    .orElseGet(() -> refused("No more text messages can be sent in this call.")));
  }

  /** Many calls under one number, which may be forged, are as bad for its owner as one. */
  private CompletionStage<Answer> within(Reservation inCall, PhoneNumber caller, String text) {
    return allowance
        .reserve(caller, ALLOWED, perNumber)
        .thenCompose(
            reserved ->
                reserved.isPresent()
                    ? send(List.of(inCall, reserved.get()), caller, text)
                    : allowance
                        .release(inCall)
                        .thenCompose(
                            done ->
                                refused(
                                    "No more text messages can be sent to this number today.")));
  }

  private CompletionStage<Answer> send(List<Reservation> places, PhoneNumber caller, String text) {
    CompletionStage<Sending> sending = messages.send(caller, text);
    return sending
        .handle((done, thrown) -> giveBack(places, done, thrown))
        .thenCompose(Function.identity())
        .thenCombine(sending, (none, done) -> answer(done));
  }

  /** In a browser's call the number may be anybody's, written by the browser itself. */
  private static Optional<PhoneNumber> telephone(FunctionCall call) {
    return call.web()
        ? Optional.empty()
        : call.caller(CallerSource.METADATA_FIRST)
            .flatMap(
                caller ->
                    caller instanceof Caller.Phone phone
                        ? Optional.of(phone.number())
                        : Optional.empty());
  }

  /** A text that was not sent does not count; one that may have been sent does. */
  private CompletionStage<Void> giveBack(
      List<Reservation> places, Sending sending, Throwable thrown) {
    boolean surelyNot =
        sending instanceof Sending.NotSent
            || VendorFailure.unwrapped(thrown) instanceof VendorFailure failure
                && !failure.mayHaveActed();
    return surelyNot
        ? allowance.release(places.get(0)).thenCompose(none -> allowance.release(places.get(1)))
        : CompletableFuture.completedStage(null);
  }

  private static Answer answer(Sending sending) {
    if (sending instanceof Sending.NotSent not) {
      return Answer.failed(not.sentence()).because("twilio refused it: " + not.trace());
    }
    return Answer.done(
        JsonText.object()
            .add("status", "sent")
            .add("message", "SMS sent successfully")
            .add("sid", ((Sending.Sent) sending).sid())
            .build());
  }

  private static CompletionStage<Answer> refused(String sentence) {
    return CompletableFuture.completedStage(Answer.failed(sentence));
  }
}
