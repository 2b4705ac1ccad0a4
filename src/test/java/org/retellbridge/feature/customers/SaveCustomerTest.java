package org.retellbridge.feature.customers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Accepted;
import org.retellbridge.foundation.ledger.EffectId;
import org.retellbridge.foundation.ledger.InvocationKey;
import org.retellbridge.foundation.ledger.Kind;
import org.retellbridge.foundation.ledger.TestEffects;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.TestFunctionCalls;
import org.retellbridge.partner.segment.CustomerKey;
import org.retellbridge.partner.segment.SavedTraits;
import org.retellbridge.partner.segment.TestSegment;

class SaveCustomerTest {
  private static final CallId CALL = new CallId("call_1");
  private static final Caller MIA = Caller.parse("+61400000001").orElseThrow();

  private final CompletableFuture<Accepted> first = new CompletableFuture<>();
  private final CompletableFuture<Accepted> second = new CompletableFuture<>();
  private final Queue<CompletionStage<Accepted>> outbox = new ArrayDeque<>(List.of(first, second));
  private final SavedTraits saved = TestSegment.saved();
  private final SaveCustomer saveCustomer =
      new SaveCustomer(TestSegment.tracking(outbox::remove), saved);

  /** The attempt with the first one may take longer than the second one waits behind it. */
  @Test
  void readsTheCorrectionBackWhenTheSaveBeforeItTakesLonger() {
    CompletableFuture<Answer> told = save("1 St");
    save("2 St");

    second.complete(new Accepted.Stored());
    assertThat(readBack()).isEqualTo("2 St");
    first.complete(new Accepted.Delivered());
    assertThat(told).isCompleted();
    assertThat(readBack()).isEqualTo("2 St");
  }

  @Test
  void readsTheFirstSaveBackWhenTheCorrectionWasRefused() {
    save("1 St");
    save("2 St");

    second.complete(new Accepted.Refused("no"));
    first.complete(new Accepted.Delivered());

    assertThat(readBack()).isEqualTo("1 St");
  }

  private CompletableFuture<Answer> save(String address) {
    JsonObject body =
        JsonText.object()
            .add("name", "save_customer")
            .add("call", JsonText.object().add("call_id", CALL.value()))
            .add("args", JsonText.object())
            .build();
    EffectId effect =
        TestEffects.of(
            CALL,
            "/save_customer",
            InvocationKey.toolCall(address),
            new Kind("save_customer", true, false, "unconfirmed"));
    return saveCustomer
        .save(
            TestFunctionCalls.causing(effect, body),
            MIA,
            Map.of("address", JsonText.string(address)))
        .toCompletableFuture();
  }

  private String readBack() {
    return saved
        .over(CALL, CustomerKey.of(MIA), JsonValue.EMPTY_JSON_OBJECT)
        .getJsonObject("address")
        .getString("street");
  }
}
