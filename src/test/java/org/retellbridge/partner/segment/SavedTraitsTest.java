package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.Caller;

class SavedTraitsTest {
  private static final CallId CALL = new CallId("call_1");
  private static final Caller MIA = Caller.parse("+61400000001").orElseThrow();
  private static final Caller BOB = Caller.parse("client:Bob").orElseThrow();
  private static final JsonObject HELD =
      JsonText.object().add("name", "Mia").add("plan", "gold").build();

  private final AtomicLong nanos = new AtomicLong();
  private final SavedTraits saved = saved("all");

  @Test
  void standOverWhatSegmentStillHolds() {
    keep(CALL, MIA, texts("name", "Mia Example", "address", "1 St"));
    keep(CALL, MIA, texts("phone", "+61499"));

    assertThat(saved.over(CALL, CustomerKey.of(MIA), HELD))
        .hasToString(
            "{\"name\":\"Mia Example\",\"plan\":\"gold\",\"address\":{\"street\":\"1 St\"},"
                + "\"contact_phone\":\"+61499\"}");
  }

  @Test
  void belongToTheirCallAndToWhoeverCalls() {
    keep(CALL, MIA, texts("name", "Mia Example"));

    assertThat(saved.over(new CallId("call_2"), CustomerKey.of(MIA), HELD)).isEqualTo(HELD);
    assertThat(saved.over(CALL, CustomerKey.of(BOB), HELD)).isEqualTo(HELD);
  }

  /** By the number of their client or by their identity, they are the same. */
  @Test
  void areAClientsHoweverItIsLookedUp() {
    keep(CALL, BOB, texts("name", "Bob"));

    for (CustomerKey key : List.of(CustomerKey.of(BOB), CustomerKey.clientId(BOB))) {
      assertThat(saved.over(CALL, key, JsonValue.EMPTY_JSON_OBJECT))
          .hasToString("{\"name\":\"Bob\"}");
    }
  }

  @Test
  void showTheModelNoMoreThanItMaySee() {
    SavedTraits few = saved("name");
    keep(few, CALL, MIA, texts("name", "Mia Example", "address", "1 St"));

    assertThat(few.over(CALL, CustomerKey.of(MIA), JsonValue.EMPTY_JSON_OBJECT))
        .hasToString("{\"name\":\"Mia Example\"}");
  }

  @Test
  void areForgottenWhenNoCallCanLastAnyLonger() {
    keep(CALL, MIA, texts("name", "Mia Example"));
    nanos.addAndGet(Duration.ofHours(2).toNanos());

    assertThat(saved.over(CALL, CustomerKey.of(MIA), HELD)).isEqualTo(HELD);
  }

  /** Each of 30,000 characters: what fits into the heap stays. */
  @Test
  void fillNoHeap() {
    for (int i = 0; i < 1_000; i++) {
      keep(new CallId("call_" + i), MIA, texts("name", "x".repeat(30_000)));
    }
    long kept = 0;
    for (int i = 0; i < 1_000; i++) {
      JsonObject seen = saved.over(new CallId("call_" + i), CustomerKey.of(MIA), HELD);
      kept += seen.equals(HELD) ? 0 : 1;
    }
    assertThat(kept).isBetween(50L, 140L);
  }

  /** How long a save takes on its way depends on what is before it, and on Segment. */
  @Test
  void standAsTheyWereSaidAndNotAsTheyArrived() {
    long first = saved.turn();
    long second = saved.turn();
    saved.keep(CALL, MIA, second, texts("address", "2 St"));
    saved.keep(CALL, MIA, first, texts("name", "Mia Example", "address", "1 St"));

    assertThat(saved.over(CALL, CustomerKey.of(MIA), JsonValue.EMPTY_JSON_OBJECT))
        .hasToString("{\"address\":{\"street\":\"2 St\"},\"name\":\"Mia Example\"}");
  }

  private void keep(CallId call, Caller caller, Map<String, JsonValue> heard) {
    keep(saved, call, caller, heard);
  }

  private static void keep(
      SavedTraits saved, CallId call, Caller caller, Map<String, JsonValue> heard) {
    saved.keep(call, caller, saved.turn(), heard);
  }

  private SavedTraits saved(String visible) {
    return new SavedTraits(
        new Profiles(TestSettings.of("LOOKUP_TRAITS", visible), null, null),
        Heard.of(TestSettings.of()),
        nanos::get);
  }

  private static Map<String, JsonValue> texts(String... pairs) {
    Map<String, JsonValue> texts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], JsonText.string(pairs[i + 1]));
    }
    return texts;
  }
}
