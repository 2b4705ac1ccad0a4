package org.retellbridge.foundation.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelephonyTest {
  private static final String HEX = "0123456789abcdef0123456789ABCDEF";

  @ParameterizedTest
  @ValueSource(strings = {"+155512", "+61255500000", "+123456789012345"})
  void takesNumbersInE164(String text) {
    assertThat(PhoneNumber.parse(text)).contains(new PhoneNumber(text));
    assertThat(new PhoneNumber(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "+",
        "61255500000",
        "+0255500000",
        "+15551",
        "+1234567890123456",
        "+61 255500000",
        "+61255500000\n",
        "anonymous",
        "client:alice",
        "sip:a@b",
        "+６１２５５５０００００"
      })
  void takesNoOtherNumbers(String text) {
    assertThat(PhoneNumber.parse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhoneNumber(text))
        .withMessage("not an E.164 number");
  }

  @Test
  void showsANumberMasked() {
    assertThat(new PhoneNumber("+61400000001")).hasToString("…01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CA" + HEX})
  void takesCallSids(String text) {
    assertThat(CallSid.parse(text)).contains(new CallSid(text));
    assertThat(new CallSid(text)).hasToString(text);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "CA",
        "ca" + HEX,
        "CB" + HEX,
        "CA" + HEX + "0",
        "CA0123456789abcdef0123456789abcde",
        "CA0123456789abcdef0123456789abcdeg",
        "CA" + HEX + "\n",
        "CA0123456789abcdef/../789abcdef01"
      })
  void takesNoOtherCallSids(String text) {
    assertThat(CallSid.parse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallSid(text))
        .withMessage("not a CallSid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"call_0123456789abcdef", "a", "Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6", "a-b_c"})
  void takesCallIds(String text) {
    assertThat(CallId.parse(text)).contains(new CallId(text));
    assertThat(new CallId(text)).hasToString(text);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", " ", "a b", "a@b", "a;transport=udp", "a<b", "a&b", "a\n", "é", "a:b", "a/b"})
  void takesNoOtherCallIds(String text) {
    assertThat(CallId.parse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallId(text))
        .withMessage("not a call_id");
  }

  @Test
  void boundsTheLengthOfACallId() {
    assertThat(CallId.parse("a".repeat(128))).isPresent();
    assertThat(CallId.parse("a".repeat(129))).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  void showsThatThereIsNothing(String text) {
    assertThat(Masked.of(text)).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({"+61400000001,…01", "12345,…45", "1234,…", "1,…"})
  void showsTheLastTwoCharactersAtMost(String text, String shown) {
    assertThat(Masked.of(text)).isEqualTo(shown);
  }

  @Property
  void neverShowsMore(@ForAll @NumericChars @StringLength(min = 5, max = 20) String text) {
    assertThat(Masked.of(text)).hasSize(3).endsWith(text.substring(text.length() - 2));
  }
}
