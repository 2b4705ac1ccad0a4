package org.retellbridge.partner.retell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Diagnosis.Result;
import org.retellbridge.foundation.http.TestHttp;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Reply;

class WebhookKeysCheckupTest {
  private static final String GOOD = TwinNames.RETELL_KEYS.webhook();

  private final Twin twin = Twin.start();
  private final TestHttp http = TestHttp.open();

  @AfterEach
  void end() {
    twin.close();
    http.close();
  }

  @Test
  void saysOfAKnownKeyWhatNobodyCanTell() {
    assertThat(examine(GOOD))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.result()).isEqualTo(Result.UNKNOWN);
              assertThat(it.sentence()).contains("knows this key", "badge").doesNotContain(GOOD);
              assertThat(it.advice()).isNotBlank();
            });
  }

  @Test
  void namesTheKeyOfTheListThatRetellRefuses() {
    List<Diagnosis> found = examine(GOOD + ",key_deleted");

    assertThat(found).extracting(Diagnosis::result).containsExactly(Result.UNKNOWN, Result.WRONG);
    assertThat(found.get(1).setting()).isEqualTo("RETELL_WEBHOOK_KEY");
    assertThat(found.get(1).sentence()).contains("key 2 of the list").doesNotContain("key_deleted");
  }

  @Test
  void judgesNothingWhileRetellIsDown() {
    twin.retell().faults().always(new Fault.Says(Reply.empty(503), false));

    assertThat(examine("key_deleted"))
        .extracting(Diagnosis::result)
        .containsExactly(Result.UNKNOWN);
  }

  @Test
  void hasNothingToSayWithoutTheSetting() {
    assertThat(examine("")).isEmpty();
    assertThat(twin.retell().requests().total()).isZero();
  }

  private List<Diagnosis> examine(String keys) {
    Map<String, String> settings = new LinkedHashMap<>(twin.settings());
    settings.put("RETELL_WEBHOOK_KEY", keys);
    settings.values().removeIf(String::isEmpty);
    return new WebhookKeysCheckup(TestSettings.of(settings), http.get())
        .examine()
        .toCompletableFuture()
        .join();
  }
}
