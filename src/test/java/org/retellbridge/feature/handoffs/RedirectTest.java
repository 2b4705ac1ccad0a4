package org.retellbridge.feature.handoffs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.JsonObject;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Journal;
import org.retellbridge.foundation.ledger.TestJournal;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.CallLeaving;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.retell.functions.TestFunctionCalls;
import org.retellbridge.partner.twilio.CallHandedOver;
import org.retellbridge.partner.twilio.ForeignCalls;
import org.retellbridge.partner.twilio.HandoverOutcome.LegEnd;
import org.retellbridge.partner.twilio.HandoverWish;
import org.retellbridge.partner.twilio.TestForeignCalls;
import org.retellbridge.partner.twilio.rest.LiveCalls;
import org.retellbridge.partner.twilio.rest.LiveCalls.Move;
import org.retellbridge.partner.twilio.rest.TestLiveCalls;

class RedirectTest {
  private static final CallSid SID = new CallSid("CA" + "0a".repeat(16));

  private final List<Object> events = new ArrayList<>();
  private final List<HandoverWish> handovers = new ArrayList<>();
  private final Journal journal = TestJournal.unwritten();
  private final Metrics metrics = new Metrics();
  private String account = "AC" + "0b".repeat(16);
  private ForeignCalls foreign = TestForeignCalls.none();
  private Event<CallHandedOver> handingOver =
      new Observed<>() {
        @Override
        public void fire(CallHandedOver event) {
          handovers.add(event.wish());
        }
      };

  @Test
  void takesTheCallFromItsAgent() {
    redirect(() -> CompletableFuture.completedStage(new Move.Moved()));
    assertThat(events).containsExactly(new CallLeaving(SID));
    assertThat(legEnds()).isEqualTo(LegEnd.LEFT_BEHIND);
    assertThat(TestJournal.isBlank(journal)).isFalse();
    assertThat(counted()).containsExactly("moved 1.0");
  }

  @Test
  void saysThatTransfersAreNotSetUp() {
    account = "";
    CompletionStage<?> answer =
        redirect(
            () -> {
              throw new AssertionError("moved");
            });
    assertThat(answer.toCompletableFuture())
        .isCompletedWithValueMatching(
            told -> told.toString().contains("Transfers are not set up."));
    assertThat(handovers).isEmpty();
  }

  @Test
  void leavesTheCallWithItsAgentWhenTwilioSaysNo() {
    redirect(() -> CompletableFuture.completedStage(new Move.Refused("21218", "No.")));
    assertThat(legEnds()).isEqualTo(LegEnd.ENDS_THE_TALK);
    assertThat(counted()).containsExactly("refused 1.0");
  }

  /** Twilio knows neither of them. */
  @Test
  void doesNotCallOverWhatIsAnotherAccounts() {
    CompletionStage<Move> over = CompletableFuture.completedStage(new Move.CallOver());
    assertThat(redirect(() -> over).toCompletableFuture())
        .isCompletedWithValueMatching(told -> told.toString().contains("is over already"));
    assertThat(counted()).containsExactly("call_over 1.0");
    foreign = TestForeignCalls.of(SID);
    assertThat(redirect(() -> over).toCompletableFuture())
        .isCompletedWithValueMatching(
            told ->
                told.toString().contains("does not let this call be transferred")
                    && told.toString().contains("another account than ACCOUNT_SID"));
    assertThat(counted()).containsExactlyInAnyOrder("call_over 1.0", "refused 1.0");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "BUSY", "REFUSED", "SHUT_OFF", "CROWDED"})
  void leavesTheCallWithItsAgentWhenTwilioSurelyDidNothing(VendorFailure.Kind kind) {
    CompletableFuture<Move> under = new CompletableFuture<>();
    CompletionStage<?> answer = redirect(() -> under.thenApply(move -> move));
    under.completeExceptionally(VendorFailure.of("twilio", kind));

    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
    assertThat(legEnds()).isEqualTo(LegEnd.ENDS_THE_TALK);
    assertThat(counted()).containsExactly("unconfirmed 1.0");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT", "TIMED_OUT", "GARBLED", "BROKEN", "FAULT"})
  void leavesItToTheLegWhereTwilioMayHaveMovedTheCall(VendorFailure.Kind kind) {
    CompletionStage<?> answer =
        redirect(() -> CompletableFuture.failedStage(VendorFailure.of("twilio", kind)));

    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
    assertThat(legEnds()).isEqualTo(LegEnd.TAKES_THE_CALL);
    assertThat(counted()).containsExactly("unconfirmed 1.0");
  }

  @Test
  void leavesTheCallWithItsAgentWhenTwilioWasNotEvenAsked() {
    CompletionStage<?> answer =
        redirect(
            () -> {
              throw new IllegalArgumentException("too much TwiML");
            });

    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
    assertThat(legEnds()).isEqualTo(LegEnd.ENDS_THE_TALK);
    assertThat(counted()).containsExactly("unconfirmed 1.0");
  }

  /** The agent's leg may end while the agent finishes its sentence; see the other's end of it. */
  @Test
  void leavesACallAloneThatWentWithItsAgentsLeg() {
    handingOver =
        new Observed<>() {
          @Override
          public void fire(CallHandedOver event) {
            assertThat(event.wish().outcome().legEnds(Optional.empty()))
                .isEqualTo(LegEnd.TAKES_THE_CALL);
            assertThat(event.wish().twiml()).contains("AP" + "0c".repeat(16));
          }
        };
    CompletionStage<?> answer =
        redirect(
            () -> {
              throw new AssertionError("moved twice");
            });

    assertThat(answer.toCompletableFuture())
        .isCompletedWithValueMatching(told -> told.toString().contains("was transferred"));
    assertThat(events).isEmpty();
    assertThat(TestJournal.isBlank(journal)).as("the leg wrote it down when it took it").isTrue();
    assertThat(counted()).containsExactly("moved 1.0");
  }

  /** What Twilio says then is said of a call that is elsewhere already, or of one that is over. */
  @ParameterizedTest
  @MethodSource
  void tellsOfATransferThatTheLegTookWhileTwilioWasAsked(Move said) {
    CompletableFuture<Move> asked = new CompletableFuture<>();
    CompletionStage<?> answer = redirect(() -> asked);
    assertThat(legEnds()).isEqualTo(LegEnd.TAKES_THE_CALL);
    asked.complete(said);

    assertThat(answer.toCompletableFuture())
        .isCompletedWithValueMatching(told -> told.toString().contains("was transferred"));
    assertThat(TestJournal.isBlank(journal)).isTrue();
    assertThat(counted()).containsExactly("moved 1.0");
  }

  private static List<Move> tellsOfATransferThatTheLegTookWhileTwilioWasAsked() {
    return List.of(new Move.CallOver(), new Move.Moved());
  }

  @Test
  void tellsOfTheTransferBeforeItIsDue() {
    redirect(() -> CompletableFuture.completedStage(new Move.Moved()));
    assertThat(handovers).singleElement().returns(SID, HandoverWish::callSid);
  }

  /** By when it is due, a person may talk to the caller whom a second tool sent there. */
  @Test
  void leavesACallAloneThatAnotherTransferHasMoved() {
    handingOver =
        new Observed<>() {
          @Override
          public void fire(CallHandedOver event) {
            HandoverWish newer =
                new HandoverWish(SID, Optional.empty(), "<Response/>", Duration.ZERO);
            newer.follows(event.wish());
            newer.outcome().takeInTime();
            newer.outcome().moved();
          }
        };
    CompletionStage<?> answer =
        redirect(
            () -> {
              throw new AssertionError("moved away from a person");
            });

    assertThat(answer.toCompletableFuture())
        .isCompletedWithValueMatching(told -> told.toString().contains("took the place of this"));
    assertThat(events).isEmpty();
    assertThat(TestJournal.isBlank(journal)).isTrue();
    assertThat(counted()).containsExactly("overtaken 1.0");
  }

  @Test
  void letsAnEarlierTransferGiveWayWhereTwilioMayHaveMovedTheCall() {
    redirect(
        () ->
            CompletableFuture.failedStage(
                VendorFailure.of("twilio", VendorFailure.Kind.TIMED_OUT)));
    HandoverWish earlier = new HandoverWish(SID, Optional.empty(), "<Response/>", Duration.ZERO);
    handovers.get(0).follows(earlier);
    assertThat(earlier.overtaken()).isCompletedWithValue(true);
  }

  @Test
  void letsTwilioBeAskedAgainOnlyWhileTheLegHasNotTakenTheCall() {
    AtomicReference<BooleanSupplier> still = new AtomicReference<>();
    redirect(remembering(still, new CompletableFuture<>()));
    assertThat(still.get().getAsBoolean()).isTrue();
    assertThat(legEnds()).isEqualTo(LegEnd.TAKES_THE_CALL);
    assertThat(still.get().getAsBoolean()).isFalse();
  }

  /** By when Twilio is to be asked again, a person may talk to the caller. */
  @Test
  void leavesACallAloneThatANewerTransferMovedBeforeTwilioIsAskedAgain() {
    CompletableFuture<Move> asked = new CompletableFuture<>();
    AtomicReference<BooleanSupplier> still = new AtomicReference<>();
    CompletionStage<?> answer = redirect(remembering(still, asked));
    HandoverWish newer = newer();
    newer.outcome().takeInTime();
    newer.outcome().moved();

    assertThat(still.get().getAsBoolean()).isFalse();
    asked.complete(new Move.Withdrawn());
    assertThat(answer.toCompletableFuture())
        .isCompletedWithValueMatching(told -> told.toString().contains("took the place of this"));
    assertThat(legEnds()).isEqualTo(LegEnd.ENDS_THE_TALK);
    assertThat(TestJournal.isBlank(journal)).isTrue();
    assertThat(counted()).containsExactly("overtaken 1.0");
  }

  /** Nobody knows yet who has the call: the newer one's answer is under way. */
  @Test
  void asksTwilioAgainOnceANewerTransferIsRefused() {
    Deque<Move> said = new ArrayDeque<>(List.of(new Move.Withdrawn(), new Move.Moved()));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletionStage<?> answer = redirect(() -> gate.thenApply(none -> said.remove()));
    HandoverWish newer = newer();
    newer.outcome().takeInTime();
    gate.complete(null);
    assertThat(answer.toCompletableFuture()).isNotDone();
    assertThat(said).hasSize(1);

    newer.outcome().refused();
    assertThat(answer.toCompletableFuture())
        .isCompletedWithValueMatching(told -> told.toString().contains("was transferred"));
    assertThat(said).isEmpty();
    assertThat(legEnds()).isEqualTo(LegEnd.LEFT_BEHIND);
    assertThat(TestJournal.isBlank(journal)).isFalse();
  }

  @Test
  void tellsOfATransferThatTheLegTookBeforeTwilioIsAskedAgain() {
    CompletableFuture<Move> asked = new CompletableFuture<>();
    CompletionStage<?> answer = redirect(() -> asked);
    assertThat(legEnds()).isEqualTo(LegEnd.TAKES_THE_CALL);
    asked.complete(new Move.Withdrawn());

    assertThat(answer.toCompletableFuture())
        .isCompletedWithValueMatching(told -> told.toString().contains("was transferred"));
    assertThat(TestJournal.isBlank(journal)).isTrue();
  }

  private HandoverWish newer() {
    HandoverWish newer = new HandoverWish(SID, Optional.empty(), "<Response/>", Duration.ZERO);
    newer.follows(handovers.get(0));
    return newer;
  }

  private static LiveCalls remembering(
      AtomicReference<BooleanSupplier> still, CompletionStage<Move> outcome) {
    return TestLiveCalls.asking(
        asked -> {
          still.set(asked);
          return outcome;
        });
  }

  private LegEnd legEnds() {
    return handovers.get(0).outcome().legEnds(Optional.empty());
  }

  private CompletionStage<?> redirect(Supplier<CompletionStage<Move>> outcome) {
    return redirect(TestLiveCalls.of(outcome));
  }

  /** The results of which there are any, and how many. */
  private List<String> counted() {
    String name = "bridge_handovers_total{result=";
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name) && !line.endsWith(" 0.0"))
        .map(line -> line.substring(name.length()).replaceAll("[\"}]", ""))
        .toList();
  }

  private CompletionStage<?> redirect(LiveCalls calls) {
    Settings settings =
        TestSettings.of("ACCOUNT_SID", account, "TWILIO_APPLICATION_SID", "AP" + "0c".repeat(16));
    JsonObject call =
        JsonText.object()
            .add("metadata", JsonText.object().add("twilio_call_sid", SID.value()))
            .build();
    return new Redirect(
            calls,
            foreign,
            new Destinations(settings),
            new Timers(),
            handingOver,
            new Recorded<>(),
            metrics,
            journal,
            settings)
        .of(
            TestFunctionCalls.of(JsonText.object().add("call", call).build(), Map.of()),
            "https://bridge.example");
  }

  /** In the order in which they are fired. */
  private final class Recorded<T> extends Observed<T> {
    @Override
    public void fire(T event) {
      events.add(event);
    }
  }

  private abstract static class Observed<T> implements Event<T> {
    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Event<T> select(Annotation... qualifiers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> Event<U> select(Class<U> type, Annotation... qualifiers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> Event<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
      throw new UnsupportedOperationException();
    }
  }
}
