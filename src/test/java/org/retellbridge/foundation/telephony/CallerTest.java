package org.retellbridge.foundation.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
  /** The key of each letter from a to z. */
  private static final String KEYS = "22233344455566677778889999";

  @ParameterizedTest
  @ValueSource(strings = {"anonymous", "restricted", "blocked", "unknown", "unavailable"})
  void knowsTheWordsAndWhatTheyAreOnATelephonesKeys(String word) {
    assertThat(Caller.parse(word)).isEmpty();
    assertThat(Caller.parse(onTheKeys(word))).isEmpty();
  }

  @Test
  void keepsANumberThatSpellsNothing() {
    assertThat(Caller.parse("+8566696")).contains(new Caller.Phone(new PhoneNumber("+8566696")));
  }

  private static String onTheKeys(String word) {
    return word.toLowerCase(Locale.ROOT)
        .chars()
        .mapToObj(letter -> KEYS.substring(letter - 'a', letter - 'a' + 1))
        .collect(Collectors.joining("", "+", ""));
  }
}
