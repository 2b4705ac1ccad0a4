package org.retellbridge.foundation.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.checkup.Diagnosis.Result;

class ClocksTest {
  private static final Instant ASKED = Instant.parse("2026-11-30T03:00:00Z");

  @ParameterizedTest
  @CsvSource({"02:59:49, 11 s ahead of", "03:00:19, 11 s behind", "01:00:00, 7200 s ahead of"})
  void saysByHowMuchItIsWrong(String time, String difference) {
    assertThat(compared("Mon, 30 Nov 2026 " + time + " GMT"))
        .singleElement()
        .satisfies(it -> assertThat(it.setting()).isEqualTo("clock"))
        .satisfies(it -> assertThat(it.result()).isEqualTo(Result.WRONG))
        .satisfies(
            it ->
                assertThat(it.sentence()).contains("is " + difference + " Retell's. All is lost."));
  }

  /** A slow answer, and the seconds that the header leaves out, are no difference. */
  @ParameterizedTest
  @ValueSource(strings = {"02:59:50", "03:00:00", "03:00:04", "03:00:18"})
  void findsNothingWithinTenSecondsOfTheQuestionAndItsAnswer(String time) {
    assertThat(compared("Mon, 30 Nov 2026 " + time + " GMT")).isEmpty();
  }

  @Test
  void saysNothingOfWhatItCannotRead() {
    assertThat(compared("yesterday")).isEmpty();
    assertThat(Clocks.compared("Retell", Optional.empty(), ASKED, ASKED, "")).isEmpty();
  }

  private static List<Diagnosis> compared(String date) {
    return Clocks.compared(
        "Retell", Optional.of(date), ASKED, ASKED.plusSeconds(8), "All is lost.");
  }
}
