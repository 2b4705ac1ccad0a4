package org.retellbridge.partner.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.HandoverOutcome.LegEnd;

/** An agent asks for a second transfer before the first one is due. */
class HandoverWishTest {
  private final HandoverWish first = wish("call_1");
  private final HandoverWish second = after(first, "call_1");

  @Test
  void givesWayToANewerOneThatMovedTheCall() {
    move(second);
    assertThat(first.overtaken()).isCompletedWithValue(true);
    assertThat(first.outcome().takeInTime()).isFalse();
  }

  /** Both tools may wait equally long: the caller goes where the agent wanted him last. */
  @Test
  void waitsForANewerOneThatIsNotDueYet() {
    CompletionStage<Boolean> overtaken = first.overtaken();
    assertThat(overtaken.toCompletableFuture()).isNotDone();
    assertThat(second.overtaken()).isCompletedWithValue(false);
    move(second);
    assertThat(overtaken).isCompletedWithValue(true);
    assertThat(first.outcome().takeInTime()).isFalse();
  }

  @Test
  void goesOnWhenTheNewerOneIsRefused() {
    CompletionStage<Boolean> overtaken = first.overtaken();
    second.outcome().takeInTime();
    assertThat(overtaken.toCompletableFuture()).isNotDone();
    second.outcome().refused();
    assertThat(overtaken).isCompletedWithValue(false);
    assertThat(first.outcome().takeInTime()).isTrue();
  }

  @Test
  void goesOnWhenTheNewerOneBreaksOffBeforeAnybodyIsAsked() {
    CompletionStage<Boolean> overtaken = first.overtaken();
    second.outcome().brokenOff();
    assertThat(overtaken).isCompletedWithValue(false);
    assertThat(second.inForce()).hasValue(first);
  }

  @Test
  void givesWayToANewerOneThatBreaksOffWhileTwilioIsAsked() {
    second.outcome().takeInTime();
    second.outcome().brokenOff();
    assertThat(first.overtaken()).isCompletedWithValue(true);
  }

  /** The caller may be with a person by now. */
  @Test
  void givesWayToANewerOneOfWhichTwilioDidNotSayWhatItDid() {
    second.outcome().takeInTime();
    second.outcome().unconfirmed();
    assertThat(first.overtaken()).isCompletedWithValue(true);
  }

  @Test
  void givesWayToANewerOneThatTheLegTook() {
    assertThat(second.outcome().legEnds(Optional.empty())).isEqualTo(LegEnd.TAKES_THE_CALL);
    assertThat(first.overtaken()).isCompletedWithValue(true);
  }

  @Test
  void givesWayToTheNewestWhenTheOneBetweenIsRefused() {
    CompletionStage<Boolean> overtaken = first.overtaken();
    HandoverWish third = after(second, "call_1");
    second.outcome().takeInTime();
    second.outcome().refused();
    assertThat(overtaken.toCompletableFuture()).isNotDone();
    move(third);
    assertThat(overtaken).isCompletedWithValue(true);
  }

  /** Twilio was being asked already when the agent changed its mind. */
  @Test
  void leavesACallAloneThatAnEarlierWishHasMovedMeanwhile() {
    move(first);
    assertThat(second.overtaken()).isCompletedWithValue(true);
    assertThat(second.outcome().takeInTime()).isFalse();
    assertThat(second.inForce()).hasValue(first);
  }

  @Test
  void movesACallThatCameBackToAnotherAgent() {
    move(first);
    assertThat(after(first, "call_2").overtaken()).isCompletedWithValue(false);
  }

  @Test
  void countsOnNoEarlierWishOfAnAgentWhomNobodyKnows() {
    HandoverWish one = wish(null);
    move(one);
    assertThat(after(one, null).overtaken()).isCompletedWithValue(false);
  }

  /** Its agent asks again: it still has the caller. */
  @Test
  void movesACallOfWhichTwilioDidNotSayWhetherItMovedIt() {
    first.outcome().takeInTime();
    first.outcome().unconfirmed();
    assertThat(second.overtaken()).isCompletedWithValue(false);
  }

  @Test
  void isStillToBeMovedWhileNobodyElseMayHaveTheCall() {
    HandoverWish third = after(second, "call_2");
    first.outcome().takeInTime();
    assertThat(first.stillToMove()).as("no other one is due").isTrue();
    second.outcome().takeInTime();
    assertThat(first.stillToMove()).as("Twilio is asked for the second").isFalse();
    assertThat(second.stillToMove()).isTrue();
    second.outcome().refused();
    assertThat(first.stillToMove()).as("the second is refused").isTrue();
    third.outcome().takeInTime();
    assertThat(first.stillToMove()).as("Twilio is asked for the third").isFalse();
    third.outcome().moved();
    assertThat(first.stillToMove()).as("the third has the call").isFalse();
  }

  @Test
  void isNoMoreToBeMovedOnceTheLegTookANewerOne() {
    first.outcome().takeInTime();
    assertThat(second.outcome().legEnds(Optional.empty())).isEqualTo(LegEnd.TAKES_THE_CALL);
    assertThat(first.stillToMove()).isFalse();
  }

  @Test
  void isNoMoreToBeMovedOnceAnEarlierOneMovedTheCall() {
    first.outcome().takeInTime();
    second.outcome().takeInTime();
    assertThat(second.stillToMove()).isTrue();
    first.outcome().moved();
    assertThat(second.stillToMove()).isFalse();
    assertThat(second.overtaken()).isCompletedWithValue(true);
  }

  /** Whoever waits for it learns of the newer one, which has the call. */
  @Test
  void givesWayAlsoOnceTwilioWasAsked() {
    HandoverWish third = after(second, "call_1");
    CompletionStage<Boolean> overtaken = first.overtaken();
    second.outcome().takeInTime();
    move(third);
    assertThat(second.overtaken()).isCompletedWithValue(true);
    assertThat(overtaken).isCompletedWithValue(true);
    assertThat(second.inForce()).isEmpty();
    assertThat(third.inForce()).hasValue(third);
  }

  @Test
  void isInForceUntilSurelyNothingCameOfIt() {
    assertThat(second.inForce()).hasValue(second);
    second.outcome().takeInTime();
    second.outcome().refused();
    assertThat(second.inForce()).hasValue(first);
    first.outcome().takeInTime();
    first.outcome().refused();
    assertThat(second.inForce()).isEmpty();
  }

  @Test
  void keepsNoWishesOfWhichNothingCame() {
    HandoverWish last = wish("call_1");
    for (int i = 0; i < 10_000; i++) {
      last.outcome().takeInTime();
      last.outcome().refused();
      last = after(last, "call_1");
    }
    assertThat(last.overtaken()).isCompletedWithValue(false);
    last.outcome().takeInTime();
    last.outcome().refused();
    assertThat(last.inForce()).isEmpty();
  }

  private static void move(HandoverWish handover) {
    assertThat(handover.outcome().takeInTime()).isTrue();
    assertThat(handover.outcome().moved()).isTrue();
  }

  private static HandoverWish after(HandoverWish other, String part) {
    HandoverWish newer = wish(part);
    newer.follows(other);
    return newer;
  }

  private static HandoverWish wish(String part) {
    return new HandoverWish(
        new CallSid("CA" + "0a".repeat(16)),
        Optional.ofNullable(part).map(CallId::new),
        "<Response/>",
        Duration.ZERO);
  }
}
