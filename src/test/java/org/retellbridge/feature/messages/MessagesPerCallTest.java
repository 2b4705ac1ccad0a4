package org.retellbridge.feature.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.settings.TestSettings;

class MessagesPerCallTest {

  @Test
  void givesEachCallItsOwnFewAndTakesThemBack() {
    MessagesPerCall messages = new MessagesPerCall(TestSettings.of("SMS_PER_CALL", "2"));
    assertThat(messages.reserve("a")).isTrue();
    assertThat(messages.reserve("a")).isTrue();
    assertThat(messages.reserve("a")).isFalse();
    assertThat(messages.reserve("b")).isTrue();

    messages.release("a");

    assertThat(messages.reserve("a")).isTrue();
    assertThat(messages.reserve("a")).isFalse();
  }

  @Test
  void givesNoneWhereThereAreNone() {
    assertThat(new MessagesPerCall(TestSettings.of("SMS_PER_CALL", "0")).reserve("a")).isFalse();
  }

  @Test
  void countsRightWhenAllAskAtOnce() {
    MessagesPerCall messages = new MessagesPerCall(TestSettings.of("SMS_PER_CALL", "3"));
    long given = IntStream.range(0, 2_000).parallel().filter(i -> messages.reserve("a")).count();
    assertThat(given).isEqualTo(3);
  }
}
