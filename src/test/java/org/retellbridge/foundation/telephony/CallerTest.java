package org.retellbridge.foundation.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
  /** The key of each letter from a to z. */
  private static final String KEYS = "22233344455566677778889999";

  @ParameterizedTest
  @ValueSource(strings = {"anonymous", "restricted", "blocked", "unknown", "unavailable"})
  void knowsTheWordsAndWhatTheyAreOnATelephonesKeys(String word) {
    assertThat(Caller.parse(word)).isEmpty();
    assertThat(Caller.parse(onTheKeys(word))).isEmpty();
    assertThat(Caller.parse("sip:" + onTheKeys(word) + "@pbx.example")).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "{{from_number}}",
        "Anonymous",
        "-1",
        "0",
        "+000",
        "client:",
        "client:Anonymous",
        "Client:anonymous",
        "client:{{name}}",
        "client:null",
        "sip:anonymous@anonymous.invalid",
        "sip:thisisanonymous@Anonymous.Invalid:5060;transport=tcp",
        "sip:+266696687@x.sip.twilio.com",
        "sip:%2B266696687@x.sip.twilio.com",
        "SIPS:Unknown;phone-context=x@pbx.example",
        "sip:anonymous:secret@pbx.example",
        "sip:@pbx.example",
        "sip:-1@pbx.example?x-a=b",
        "sip:anonymous.invalid"
      })
  void takesNobodyForACaller(String text) {
    assertThat(Caller.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client:Alice", "Client:alice", "client:anonymous_40example"})
  void knowsClientsByTheirNameAsTheySpellIt(String text) {
    assertThat(Caller.parse(text)).contains(new Caller.Client(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:alice@pbx.example",
        "sip:+61255500001@x.sip.twilio.com",
        "sip:alice@anonymous.invalid.example",
        "sip:pbx.example",
        "whatsapp:+61255500001",
        "0255500001",
        "-12"
      })
  void keepsOtherAddressesAsTheyAre(String text) {
    assertThat(Caller.parse(text)).contains(new Caller.Other(text));
  }

  @Test
  void keepsANumberThatSpellsNothing() {
    assertThat(Caller.parse("+8566696")).contains(new Caller.Phone(new PhoneNumber("+8566696")));
  }

  @ParameterizedTest
  @CsvSource({"client:, 263", "sip:, 256", "+61255500001, 256"})
  void takesWhatIsLongerThanAnyAddressForNobody(String start, int length) {
    String longest = start + "a".repeat(length - start.length());
    assertThat(Caller.parse(longest)).map(Caller::address).contains(longest);
    assertThat(Caller.parse(longest + "a")).isEmpty();
    assertThat(Caller.parse(" ".repeat(1_000) + longest)).map(Caller::address).contains(longest);
  }

  /** Half an hour and more when two places of the pattern compete for the same characters. */
  @ParameterizedTest
  @ValueSource(strings = {"a", ":", ";a", "a;"})
  void readsASipAddressInTimeThatGrowsNoFasterThanIt(String part) {
    String address = "sip:" + part.repeat(1_000_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(Caller.SIP.matcher(address).matches()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:+61255500001@x.sip.twilio.com",
        " SIPS:%2b61255500001:secret@pbx.example:5061;transport=tls",
        "sip:+61255500001;phone-context=x@pbx.example?x-a=b"
      })
  void readsTheNumberOfASipAddress(String text) {
    assertThat(Caller.numberInSip(text)).contains(new PhoneNumber("+61255500001"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sip:+61255500001",
        "sip:0255500001@pbx.example",
        "sip:alice@pbx.example",
        "+61255500001",
        "client:+61255500001@pbx.example"
      })
  void readsNoNumberWhereThereIsNone(String text) {
    assertThat(Caller.numberInSip(text)).isEmpty();
  }

  private static String onTheKeys(String word) {
    return word.toLowerCase(Locale.ROOT)
        .chars()
        .mapToObj(letter -> KEYS.substring(letter - 'a', letter - 'a' + 1))
        .collect(Collectors.joining("", "+", ""));
  }
}
