package org.retellbridge.partner.retell.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.InvocationKey;

class CallBodyTest {
  private static final String WORDS =
      "{\"role\":\"user\",\"content\":\"secret"
          + " words\",\"words\":[{\"word\":\"secret\",\"start\":1.0,"
          + "\"end\":1.5},{\"word\":\"words\",\"start\":1.5,\"end\":2}]}";
  private static final String INVOCATION =
      "{\"role\":\"tool_call_invocation\",\"tool_call_id\":\"tool_1\",\"name\":\"send_sms\","
          + "\"arguments\":\"{\\\"message\\\":\\\"one\\\"}\"}";
  private static final String BODY =
      "{\"name\":\"send_sms\",\"call\":{\"call_id\":\"call_1\",\"transcript\":\"User: secret"
          + " words\",\"transcript_object\":["
          + WORDS
          + "],\"scrubbed_transcript_with_tool_calls\":null,\"transcript_with_tool_calls\":["
          + WORDS
          + ",7,"
          + INVOCATION
          + ","
          + WORDS
          + "],\"metadata\":{\"from_number\":\"+61491570006\",\"notes\":[{\"transcript\":[1]}]}},"
          + "\"args\":{\"message\":\"one\",\"transcript\":[{\"x\":1}]}}";

  @Test
  void leavesOutWhatWasSaidAndNothingElse() {
    assertThat(parsed(BODY).toString())
        .isEqualTo(
            "{\"name\":\"send_sms\",\"call\":{\"call_id\":\"call_1\",\"transcript_with_tool_calls\":["
                + INVOCATION
                + "],\"metadata\":{\"from_number\":\"+61491570006\",\"notes\":[{\"transcript\":[1]}]}},"
                + "\"args\":{\"message\":\"one\",\"transcript\":[{\"x\":1}]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"transcript\":[1],\"call\":\"x\",\"n\":null}",
        "{\"call\":[{\"transcript\":1}]}",
        "{\"call\":{\"call_id\":\"\u00e9"
            + " \\u00e9\",\"duration_ms\":1E2,\"a\":[true,false,null,{}]}}",
        "{\"call\":{\"a\":1},\"call\":{\"a\":2}}",
      })
  void readsAllElseAsItIs(String json) {
    assertThat(parsed(json)).isEqualTo(JsonText.parseObject(json).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "[]",
        "\"{}\"",
        "{",
        "{\"call\":",
        "{\"call\":{",
        "{\"call\":{\"transcript\":",
        "{\"call\":{\"transcript\":[",
        "{\"call\":{\"transcript\":[}}}",
        "{\"call\":{\"transcript_object\":[{\"words\":[<]}]}}",
        "{\"call\":{\"transcript_with_tool_calls\":[",
        "{\"call\":{\"transcript_with_tool_calls\":[{]}}",
      })
  void refusesWhatIsNoObject(String broken) {
    assertThat(CallBody.parse(broken)).isEmpty();
  }

  @Test
  void refusesWhatIsTooDeepOrNoText() {
    String deep = "[".repeat(100) + "]".repeat(100);
    assertThat(CallBody.parse("{\"call\":{\"transcript\":" + deep + "}}")).isEmpty();
    assertThat(CallBody.parse(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})).isEmpty();
  }

  /** It is the invocation's id that tells it from the next one. */
  @ParameterizedTest
  @EnumSource(RetellFunction.Effect.class)
  void letsNobodyWaitWithATranscript(RetellFunction.Effect effect) throws Exception {
    String body = BODY.replace(",\"transcript\":[{\"x\":1}]", "");
    FunctionCall call = FunctionCall.of(parsed(body), TestFunctionCalls.retell(Map.of(), "v=1"));

    FunctionCall waiting = AroundFunction.named(Functions.annotated(effect), "/send_sms", call);

    assertThat(waiting.call().orElseThrow().newestInvocation(Optional::of)).isEmpty();
    assertThat(waiting.callId()).hasToString("Optional[call_1]");
    assertThat(waiting.caller(CallerSource.METADATA_FIRST)).isPresent();
    assertThat(waiting.arguments().text("message")).hasValue("one");
    if (effect == RetellFunction.Effect.NONE) {
      assertThatThrownBy(waiting::effect).isInstanceOf(NoSuchElementException.class);
    } else {
      assertThat(waiting.effect().invocation()).isEqualTo(InvocationKey.toolCall("tool_1"));
    }
  }

  private static JsonObject parsed(String json) {
    return CallBody.parse(json.getBytes(UTF_8)).orElseThrow();
  }

  /** One of each kind. */
  private static final class Functions {
    static RetellFunction annotated(RetellFunction.Effect effect) throws NoSuchMethodException {
      return FunctionMethods.annotation(Functions.class.getDeclaredMethod(effect.name()));
    }

    @RetellFunction(effect = RetellFunction.Effect.NONE)
    void NONE() {}

    @RetellFunction(effect = RetellFunction.Effect.ONCE)
    void ONCE() {}

    @RetellFunction(effect = RetellFunction.Effect.ONCE_PER_CONTENT)
    void ONCE_PER_CONTENT() {}

    @RetellFunction(effect = RetellFunction.Effect.ONCE_PER_TOOL)
    void ONCE_PER_TOOL() {}

    @RetellFunction(effect = RetellFunction.Effect.OWED)
    void OWED() {}

    @RetellFunction(effect = RetellFunction.Effect.OWED_LATEST)
    void OWED_LATEST() {}
  }
}
