package org.retellbridge.foundation.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.telephony.CallHandedOver.LegEnd;

/** An agent asks for a second transfer before the first one is due. */
class CallHandedOverTest {
  private final CallHandedOver first = wish("call_1");
  private final CallHandedOver second = after(first, "call_1");

  @Test
  void givesWayToANewerOneThatMovedTheCall() {
    move(second);
    assertThat(first.overtaken()).isCompletedWithValue(true);
    assertThat(first.takeInTime()).isFalse();
  }

  /** Both tools may wait equally long: the caller goes where the agent wanted him last. */
  @Test
  void waitsForANewerOneThatIsNotDueYet() {
    CompletionStage<Boolean> overtaken = first.overtaken();
    assertThat(overtaken.toCompletableFuture()).isNotDone();
    assertThat(second.overtaken()).isCompletedWithValue(false);
    move(second);
    assertThat(overtaken).isCompletedWithValue(true);
    assertThat(first.takeInTime()).isFalse();
  }

  @Test
  void goesOnWhenTheNewerOneIsRefused() {
    CompletionStage<Boolean> overtaken = first.overtaken();
    second.takeInTime();
    assertThat(overtaken.toCompletableFuture()).isNotDone();
    second.refused();
    assertThat(overtaken).isCompletedWithValue(false);
    assertThat(first.takeInTime()).isTrue();
  }

  @Test
  void goesOnWhenTheNewerOneBreaksOffBeforeAnybodyIsAsked() {
    CompletionStage<Boolean> overtaken = first.overtaken();
    second.brokenOff();
    assertThat(overtaken).isCompletedWithValue(false);
    assertThat(second.inForce()).hasValue(first);
  }

  @Test
  void givesWayToANewerOneThatBreaksOffWhileTwilioIsAsked() {
    second.takeInTime();
    second.brokenOff();
    assertThat(first.overtaken()).isCompletedWithValue(true);
  }

  /** The caller may be with a person by now. */
  @Test
  void givesWayToANewerOneOfWhichTwilioDidNotSayWhatItDid() {
    second.takeInTime();
    second.unconfirmed();
    assertThat(first.overtaken()).isCompletedWithValue(true);
  }

  @Test
  void givesWayToANewerOneThatTheLegTook() {
    assertThat(second.legEnds(Optional.empty())).isEqualTo(LegEnd.TAKES_THE_CALL);
    assertThat(first.overtaken()).isCompletedWithValue(true);
  }

  @Test
  void givesWayToTheNewestWhenTheOneBetweenIsRefused() {
    CompletionStage<Boolean> overtaken = first.overtaken();
    CallHandedOver third = after(second, "call_1");
    second.takeInTime();
    second.refused();
    assertThat(overtaken.toCompletableFuture()).isNotDone();
    move(third);
    assertThat(overtaken).isCompletedWithValue(true);
  }

  /** Twilio was being asked already when the agent changed its mind. */
  @Test
  void leavesACallAloneThatAnEarlierWishHasMovedMeanwhile() {
    move(first);
    assertThat(second.overtaken()).isCompletedWithValue(true);
    assertThat(second.takeInTime()).isFalse();
    assertThat(second.inForce()).hasValue(first);
  }

  @Test
  void movesACallThatCameBackToAnotherAgent() {
    move(first);
    assertThat(after(first, "call_2").overtaken()).isCompletedWithValue(false);
  }

  @Test
  void countsOnNoEarlierWishOfAnAgentWhomNobodyKnows() {
    CallHandedOver one = wish(null);
    move(one);
    assertThat(after(one, null).overtaken()).isCompletedWithValue(false);
  }

  /** Its agent asks again: it still has the caller. */
  @Test
  void movesACallOfWhichTwilioDidNotSayWhetherItMovedIt() {
    first.takeInTime();
    first.unconfirmed();
    assertThat(second.overtaken()).isCompletedWithValue(false);
  }

  @Test
  void isInForceUntilSurelyNothingCameOfIt() {
    assertThat(second.inForce()).hasValue(second);
    second.takeInTime();
    second.refused();
    assertThat(second.inForce()).hasValue(first);
    first.takeInTime();
    first.refused();
    assertThat(second.inForce()).isEmpty();
  }

  @Test
  void keepsNoWishesOfWhichNothingCame() {
    CallHandedOver last = wish("call_1");
    for (int i = 0; i < 10_000; i++) {
      last.takeInTime();
      last.refused();
      last = after(last, "call_1");
    }
    assertThat(last.overtaken()).isCompletedWithValue(false);
    last.takeInTime();
    last.refused();
    assertThat(last.inForce()).isEmpty();
  }

  private static void move(CallHandedOver handover) {
    assertThat(handover.takeInTime()).isTrue();
    assertThat(handover.moved()).isTrue();
  }

  private static CallHandedOver after(CallHandedOver other, String part) {
    CallHandedOver newer = wish(part);
    newer.follows(other);
    return newer;
  }

  private static CallHandedOver wish(String part) {
    return new CallHandedOver(
        new CallSid("CA" + "0a".repeat(16)),
        Optional.ofNullable(part).map(CallId::new),
        "<Response/>",
        Duration.ZERO);
  }
}
