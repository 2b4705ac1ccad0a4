package org.retellbridge.twin.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelinePrinterTest {

  @Test
  void printsColumnsWithDetailsBelow() {
    TimelineEntry request =
        new TimelineEntry(12, "Twilio", "Bridge", "POST /start", List.of("From = +61"));
    TimelineEntry note = new TimelineEntry(1300, "Retell", "Retell", "Call is over", List.of());

    assertThat(TimelinePrinter.plain().print(List.of(request, note)))
        .isEqualTo(
            """
               12 ms  Twilio   ──▶ Bridge    POST /start
                                             From = +61
             1300 ms  Retell                 Call is over
            """);
  }

  @Test
  void cutsLongLines() {
    TimelineEntry entry = new TimelineEntry(1, "A", "B", "x".repeat(200), List.of());

    assertThat(TimelinePrinter.plain().width(80).print(entry).strip())
        .hasSizeLessThan(80)
        .endsWith("…");
  }

  @Test
  void keepsCountOfWhatItDoesNotRecord() {
    Timeline timeline = new Timeline();
    timeline.add("A", "B", "kept");
    timeline.record(false);
    timeline.add("A", "B", "lost");

    assertThat(timeline.entries()).extracting(TimelineEntry::title).containsExactly("kept");
    assertThat(timeline.untold()).isEqualTo(1);
  }
}
