package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.partner.retell.functions.RetellFunction.Effect;

class SpeechTest {

  @Test
  void isSureThatALateLookUpChangedNothing() {
    Answer answer = Speech.answer(new TimeoutException(), Effect.NONE);

    assertThat(answer.outcome()).isEqualTo(Answer.Outcome.FAILED);
    assertThat(AnswerText.of(answer.body())).contains("Go on without it").doesNotContain("certain");
    assertThat(answer.cause()).isEqualTo("longer than FUNCTION_BUDGET");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void isNotSureOfALateEffect(Effect effect) {
    Answer answer = Speech.answer(new TimeoutException(), effect);

    assertThat(answer.outcome()).isEqualTo(Answer.Outcome.UNKNOWN);
    assertThat(AnswerText.of(answer.body())).contains("not certain");
  }

  /** No model reads the sentence, and a status of 500 would say that it is our fault. */
  @ParameterizedTest
  @CsvSource({"true,200", "false,400"})
  void saysByTheStatusThatArgumentsAreWrongToWhoGoesByIt(boolean modelReads, int status) {
    Answer answer =
        Speech.atOnce(new InvalidArguments("The size is missing."), Effect.ONCE, modelReads);

    assertThat(answer.byStatus().status()).isEqualTo(modelReads ? 500 : 400);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(AnswerText.of(answer.body())).contains("The size is missing.");
  }

  /** So that the claim is given back, and a repeat may try again. */
  @ParameterizedTest
  @EnumSource
  void isSureThatNothingHappenedWhereNoThreadWasFree(Effect effect) {
    Answer answer = Speech.answer(new FunctionThreads.Crowded(), effect);

    assertThat(answer.outcome()).isEqualTo(Answer.Outcome.FAILED);
    assertThat(AnswerText.of(answer.body())).contains("try again");
    assertThat(answer.cause()).isEqualTo("no thread was free");
  }

  /** The company's system did what it was asked, and its answer was lost. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void isNotSureOfAnEffectWhoseStageFailed(Effect effect) {
    Answer answer = Speech.answer(new HttpTimeoutException("request timed out"), effect);

    assertThat(answer.outcome()).isEqualTo(Answer.Outcome.UNKNOWN);
    assertThat(AnswerText.of(answer.body())).contains("not certain");
  }

  @Test
  void isSureThatALookUpThatFailedChangedNothing() {
    assertThat(Speech.answer(new IOException("reset"), Effect.NONE).outcome())
        .isEqualTo(Answer.Outcome.FAILED);
  }

  @ParameterizedTest
  @EnumSource
  void isSureThatWhatDidNotBeginChangedNothing(Effect effect) {
    assertThat(Speech.atOnce(new NoClassDefFoundError("com/acme/Missing"), effect, true).outcome())
        .isEqualTo(Answer.Outcome.FAILED);
  }

  @ParameterizedTest
  @EnumSource
  void isNotSureOfAnEffectOnWhichAVendorFellSilent(Effect effect) {
    Answer answer =
        Speech.answer(VendorFailure.of("segment", VendorFailure.Kind.TIMED_OUT), effect);

    assertThat(AnswerText.of(answer.body()))
        .contains(effect == Effect.NONE ? "cannot be reached" : "did not say whether it worked");
  }

  @ParameterizedTest
  @EnumSource
  void takesTheBlameForAFaultOfTheBridgeBeforeAVendor(Effect effect) {
    Answer answer = Speech.answer(VendorFailure.of("twilio", VendorFailure.Kind.FAULT), effect);

    assertThat(AnswerText.of(answer.body()))
        .contains("went wrong on our side")
        .doesNotContain("telephone");
    assertThat(answer.outcome())
        .isEqualTo(effect == Effect.NONE ? Answer.Outcome.FAILED : Answer.Outcome.UNKNOWN);
  }

  /** What a company's function says of a customer is not for a log. */
  @Test
  void tellsTheLogWhereItBrokeAndNotWhatItSays() {
    Throwable fault =
        new IllegalStateException(
            "no order of Mia Example", new IOException("+61491570006 is unknown"));
    fault.addSuppressed(new IllegalArgumentException("Mia again"));
    try (Logged log = Logged.by(Speech.class)) {
      Speech.answer(fault, Effect.NONE);

      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(0))
          .startsWith("SEVERE Unexpected fault ")
          .contains(
              "\njava.lang.IllegalStateException\n\tat org.retellbridge",
              "SpeechTest.java:",
              "\nSuppressed: java.lang.IllegalArgumentException\n",
              "\nCaused by: java.io.IOException\n")
          .doesNotContain("Mia", "61491570006");
      assertThat(log.lines().get(1)).startsWith("FINE Unexpected fault ").endsWith(", in full");
    }
  }

  @Test
  void endsWithFaultsThatCauseEachOther() {
    Exception one = new Exception("a");
    one.initCause(new Exception("b", one));
    try (Logged log = Logged.by(Speech.class)) {
      Speech.answer(one, Effect.NONE);
      assertThat(log.lines().get(0)).endsWith("Caused by: java.lang.Exception");
    }
  }
}
