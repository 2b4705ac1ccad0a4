package org.retellbridge.feature.handoffs;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Journal;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.CallLeaving;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.twilio.CallHandedOver;
import org.retellbridge.partner.twilio.ForeignCalls;
import org.retellbridge.partner.twilio.HandoverWish;
import org.retellbridge.partner.twilio.rest.LiveCalls;
import org.retellbridge.partner.twilio.rest.LiveCalls.Move;

/** Moves the live call to where the tool's URL or the settings say, and tells what came of it. */
@ApplicationScoped
public class Redirect {
  private static final String HANDOVERS = "bridge.handovers";
  private static final List<String> RESULTS =
      List.of("moved", "call_over", "refused", "overtaken", "not_possible", "unconfirmed");

  /** What comes of a wish that another one has taken the place of. */
  private static final CompletionStage<Move> OVERTAKEN =
      CompletableFuture.completedStage(new Move.Withdrawn());

  /** By the end of the agent's leg, which came before. */
  private static final CompletionStage<Move> MOVED =
      CompletableFuture.completedStage(new Move.Moved());

  private static final String FOREIGN = "the call is of another account than ACCOUNT_SID";

  private LiveCalls calls;
  private ForeignCalls foreign;
  private Destinations destinations;
  private Timers timers;
  private Event<CallHandedOver> handingOver;
  private Event<CallLeaving> leaving;
  private Metrics metrics;
  private Journal journal;
  private boolean on;

  Redirect() {}

  @Inject
  Redirect(
      LiveCalls calls,
      ForeignCalls foreign,
      Destinations destinations,
      Timers timers,
      Event<CallHandedOver> handingOver,
      Event<CallLeaving> leaving,
      Metrics metrics,
      Journal journal,
      Settings settings) {
    this.calls = calls;
    this.foreign = foreign;
    this.destinations = destinations;
    this.timers = timers;
    this.handingOver = handingOver;
    this.leaving = leaving;
    this.metrics = metrics;
    RESULTS.forEach(result -> metrics.expect(HANDOVERS, "result", result));
    this.journal = journal;
    this.on = settings.state(Feature.HANDOFFS).on();
  }

  /**
   * @param base the bridge's own address, for what Twilio is told to ask later
   */
  CompletionStage<Answer> of(FunctionCall call, String base) {
    if (!on) {
      return refused("Transfers are not set up.");
    }
    if (call.web()) {
      return refused("Only telephone calls can be transferred.");
    }
    Optional<CallSid> callSid = call.callSid();
    if (callSid.isEmpty()) {
      return refused("This call is not known to the telephone system, so it stays here.");
    }
    Optional<Destination> destination = destinations.of(call);
    if (destination.isEmpty()) {
      return refused("There is nowhere to transfer the call to.");
    }
    String twiml = destination.get().twiml(callSid.get(), call, base);
    HandoverWish wish = new HandoverWish(callSid.get(), call.callId(), twiml, call.allowedDelay());
    handingOver.fire(new CallHandedOver(wish));
    return due(wish)
        .thenCompose(none -> wish.overtaken())
        .thenCompose(overtaken -> overtaken ? OVERTAKEN : inTime(wish))
        .whenComplete((move, thrown) -> ended(wish, move, thrown))
        .thenApply(Redirect::answer);
  }

  private CompletionStage<Void> due(HandoverWish wish) {
    try {
      return after(wish.delay());
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Whatever happens: an earlier wish waits for what comes of this one. */
  private void ended(HandoverWish wish, Move move, Throwable thrown) {
    if (thrown != null) {
      wish.outcome().brokenOff();
    }
    count(thrown == null ? result(move) : "unconfirmed");
  }

  private CompletionStage<Move> inTime(HandoverWish wish) {
    return wish.outcome().takeInTime() ? move(wish) : MOVED;
  }

  private CompletionStage<Move> move(HandoverWish wish) {
    leaving.fire(new CallLeaving(wish.callSid()));
    CompletionStage<Move> asked = asked(wish);
    return asked
        .handle((move, thrown) -> learn(wish, move, thrown) ? asked : MOVED)
        .thenCompose(outcome -> outcome);
  }

  private CompletionStage<Move> asked(HandoverWish wish) {
    try {
      return calls
          .move(wish.callSid(), wish.twiml(), wish::stillToMove)
          .thenApply(move -> known(wish.callSid(), move))
          .thenCompose(
              move ->
                  move instanceof Move.Withdrawn
                      ? withdrawn(wish)
                      : CompletableFuture.completedStage(move));
    } catch (RuntimeException e) {
      wish.outcome().refused();
      throw e;
    }
  }

  /**
   * Another wish may have the call, or the leg took it. When surely nothing came of the other one,
   * this one is still to be moved.
   */
  private CompletionStage<Move> withdrawn(HandoverWish wish) {
    return wish.outcome().withTheLeg()
        ? MOVED
        : wish.overtaken().thenCompose(overtaken -> overtaken ? OVERTAKEN : asked(wish));
  }

  /** Twilio says the same of a call that is over and of one that is not this account's. */
  private Move known(CallSid callSid, Move move) {
    return move instanceof Move.CallOver && foreign.has(callSid)
        ? new Move.Refused(FOREIGN, "The telephone system does not let this call be transferred.")
        : move;
  }

  /**
   * Whether it is Twilio's word that counts, and not the leg's, which took the call meanwhile: then
   * that was written down when it happened. By now the call may be over.
   */
  private boolean learn(HandoverWish wish, Move move, Throwable thrown) {
    if (move instanceof Move.Moved) {
      if (wish.outcome().moved()) {
        journal.handedOver(wish.callSid());
      }
    } else if (stays(thrown)) { // which says nothing of one that was overtaken
      wish.outcome().refused();
    } else {
      wish.outcome().unconfirmed();
    }
    return !wish.outcome().withTheLeg();
  }

  /** Surely: a caller whose call may be moved yet is not to be hung up on. */
  private static boolean stays(Throwable thrown) {
    return thrown == null
        || VendorFailure.unwrapped(thrown) instanceof VendorFailure failure
            && !failure.mayHaveActed();
  }

  /** A timer, because the agent may want to finish its sentence and no thread is to wait for it. */
  private CompletionStage<Void> after(Duration delay) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    if (delay.isZero()) {
      over.complete(null);
    } else {
      timers.scheduler().schedule(() -> over.complete(null), delay.toMillis(), MILLISECONDS);
    }
    return over;
  }

  private static Answer answer(Move move) {
    if (move instanceof Move.Withdrawn) {
      return Answer.failed("Another transfer took the place of this one.");
    }
    if (move instanceof Move.CallOver) {
      return Answer.failed("The call is over already, so it was not transferred.");
    }
    if (move instanceof Move.Refused refused) {
      return Answer.failed(refused.sentence()).because("twilio refused it: " + refused.trace());
    }
    return Answer.done(
        JsonText.object()
            .add("status", "moved")
            .add("message", "The call was transferred.")
            .build());
  }

  private static String result(Move move) {
    if (move instanceof Move.Withdrawn) {
      return "overtaken";
    }
    if (move instanceof Move.CallOver) {
      return "call_over";
    }
    return move instanceof Move.Refused ? "refused" : "moved";
  }

  private void count(String result) {
    metrics.count(HANDOVERS, "result", result);
  }

  private CompletionStage<Answer> refused(String sentence) {
    count("not_possible");
    return CompletableFuture.completedStage(Answer.failed(sentence));
  }
}
