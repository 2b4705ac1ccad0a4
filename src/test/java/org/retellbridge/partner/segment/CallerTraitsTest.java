package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.Caller;

class CallerTraitsTest {
  private static final Optional<Caller> MIA = Caller.parse("+61400000001");
  private static final Duration BUDGET = Duration.ofMillis(150);

  private final Scripted segment = new Scripted();
  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    segment.close();
  }

  @Test
  void askOnlyForWhatIsWanted() {
    segment.answers("{\"traits\":{\"name\":\"Mia\",\"plan\":\"gold\",\"secret\":\"x\"}}");

    assertThat(of(traits("name,plan"))).isEqualTo(Map.of("name", "Mia", "plan", "gold"));
    assertThat(segment.asked())
        .containsExactly("phone:+61400000001 limit=200 include=name,plan next=null");
    assertThat(metrics.scrape())
        .contains("bridge_personalization_seconds_count{outcome=\"known\"} 1\n");
  }

  @Test
  void areTextsWhateverSegmentHolds() {
    segment.answers(
        "{\"traits\":{\"a\":7,\"b\":true,\"c\":{\"d\":1},\"e\":[1],\"f\":null,\"g\":\" x\\n"
            + "\\ty \"}}");

    assertThat(of(traits("a,b,c,e,f,g,h")))
        .isEqualTo(Map.of("a", "7", "b", "true", "c", "", "e", "", "f", "", "g", "x y", "h", ""));
  }

  /** As {@code /save_customer} writes it, and as others may. */
  @Test
  void sayAnAddressInOneLine() {
    segment.answers(
        "{\"traits\":{\"a\":{\"street\":\"1 Test St\"},\"b\":{\"postalCode\":\"2000\",\"city\":\""
            + " Sydney\",\"street\":\"1\\n"
            + "Test St\",\"country\":\"\",\"state\":7,\"floor\":\"2\"},"
            + "\"c\":{\"street\":null},\"d\":{\"street\":\""
            + "x".repeat(201)
            + "\"}}}");

    assertThat(of(traits("a,b,c,d")))
        .isEqualTo(
            Map.of(
                "a", "1 Test St", "b", "1 Test St, Sydney, 2000", "c", "", "d", "x".repeat(200)));
  }

  @Test
  void areCutWhereTheyAreTooLongAndNeverInTheMiddleOfACharacter() {
    segment.answers("{\"traits\":{\"name\":\"" + "x".repeat(199) + "\uD83C\uDF55\uD83C\uDF55\"}}");

    assertThat(of(traits("name"))).isEqualTo(Map.of("name", "x".repeat(199)));
  }

  @Test
  void areEmptyForAStranger() {
    segment.refuses(404).refuses(404);

    assertThat(of(traits("name"))).isEqualTo(Map.of("name", ""));
    assertThat(metrics.scrape())
        .contains("bridge_personalization_seconds_count{outcome=\"unknown\"} 1\n");
  }

  @Test
  void areNotAskedForWhenTheNumberIsWithheld() {
    assertThat(Scripted.await(traits("name").of(Caller.parse("anonymous"))))
        .isEqualTo(Map.of("name", ""));
    assertThat(segment.asked()).isEmpty();
  }

  @Test
  void areNotWaitedForBeyondTheBudget() {
    segment.neverAnswers();
    long start = System.nanoTime();

    assertThat(of(traits("name"))).isEqualTo(Map.of("name", ""));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(BUDGET, Duration.ofSeconds(5));
    assertThat(segment.asked()).hasSize(1);
    assertThat(metrics.scrape()).contains("outcome=\"timed_out\"");
  }

  @Test
  void areAskedForOnceWhateverGoesWrong() {
    segment.refuses(500).fails(new IOException("reset")).answers("<html>").refuses(429);
    CallerTraits traits = traits("name");

    for (int asked = 1; asked <= 4; asked++) {
      assertThat(of(traits)).isEqualTo(Map.of("name", ""));
      assertThat(segment.asked()).hasSize(asked);
    }
  }

  @Test
  void areNotAskedForAnyMoreWhileSegmentIsSlow() {
    IntStream.range(0, 20).forEach(i -> segment.neverAnswers());
    CallerTraits traits = traits("name");
    List<?> twenty =
        IntStream.range(0, 20).mapToObj(i -> traits.of(MIA)).map(Scripted::await).toList();
    assertThat(twenty).hasSize(20);

    assertThat(traits.breakerState()).isEqualTo("OPEN");
    assertThat(of(traits)).isEqualTo(Map.of("name", ""));
    assertThat(segment.asked()).hasSize(20);
    assertThat(metrics.scrape()).contains("outcome=\"shut_off\"");
  }

  @Test
  void areAbsentWithoutABudgetOrASpace() {
    assertThat(of(traits("name", "PERSONALIZE_BUDGET", "PT0S"))).isEmpty();
    assertThat(of(traits("name", "SEGMENT_SPACE_ID", ""))).isEmpty();
    assertThat(segment.asked()).isEmpty();
  }

  @Test
  void areThereOfNobodyWithoutBeingAskedFor() {
    assertThat(traits("name,plan").ofNobody()).isEqualTo(Map.of("name", "", "plan", ""));
    assertThat(traits("name", "SEGMENT_SPACE_ID", "").ofNobody()).isEmpty();
    assertThat(traits("name", "PERSONALIZE_BUDGET", "PT0S").ofNobody()).isEmpty();
    assertThat(segment.asked()).isEmpty();
  }

  private static Map<String, String> of(CallerTraits traits) {
    return Scripted.await(traits.of(MIA));
  }

  private CallerTraits traits(String names, String... more) {
    String[] pairs = {
      "SEGMENT_SPACE_ID", "spa_1",
      "SEGMENT_API_ACCESS_TOKEN", "token",
      "PERSONALIZE_TRAITS", names
    };
    String[] all = java.util.Arrays.copyOf(pairs, pairs.length + more.length);
    System.arraycopy(more, 0, all, pairs.length, more.length);
    Settings settings = TestSettings.of(all);
    return new CallerTraits(
        settings,
        new Profiles(settings, List.of(names.split(",")), segment, segment.hurried(BUDGET)),
        metrics);
  }
}
