package org.retellbridge.twin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.Delivery;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

class FunctionCallTest {

  private final Twin twin = Twin.start();
  private final TinyBridge bridge = new TinyBridge(twin);

  @AfterEach
  void close() {
    bridge.close();
    twin.close();
  }

  private AgentCall talk() {
    return twin.retell()
        .talk(
            CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER)
                .metadata(Map.of("twilio_call_sid", "CA1"))
                .variables(Map.of("from_number", TwinNames.CALLER)));
  }

  private Request received() {
    return bridge.server().log().last().orElseThrow();
  }

  private static void assertSigned(Request request) {
    String header = request.header("x-retell-signature").orElseThrow();
    long millis = Long.parseLong(header.replaceFirst("v=(\\d+),.*", "$1"));
    assertThat(header)
        .isEqualTo(RetellSignature.of(TwinNames.RETELL_KEYS.webhook(), request.body(), millis));
    assertThat(millis)
        .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(9_000L));
  }

  @Test
  void sendsNameCallAndArgs() {
    bridge.answers("/lookup", Reply.json(200, "{\"name\":\"Mia\"}"));
    AgentCall agent = talk();
    agent.hears("Do you know me?");

    ToolAnswer answer =
        agent.callFunction(
            ToolCall.of(twin.publicUrl("/lookup"), "lookup", Json.strings(Map.of("phone", "+61")))
                .toolCallId("tool_1"));

    assertThat(answer.json().getString("name")).isEqualTo("Mia");
    assertSigned(received());
    JsonObject body = Json.parseObject(received().body()).orElseThrow();
    assertThat(body.keySet()).containsExactly("name", "call", "args");
    JsonObject call = body.getJsonObject("call");
    assertThat(call.getString("call_status")).isEqualTo("ongoing");
    assertThat(call.getJsonObject("metadata").getString("twilio_call_sid")).isEqualTo("CA1");
    assertThat(call.getString("transcript")).contains("User: Do you know me?");
    JsonArray items = call.getJsonArray("transcript_with_tool_calls");
    JsonObject last = items.getJsonObject(items.size() - 1);
    assertThat(last.getString("tool_call_id")).isEqualTo("tool_1");
    assertThat(last.getString("arguments")).isEqualTo("{\"phone\":\"+61\"}");
    assertThat(
            agent
                .call()
                .json()
                .getJsonArray("transcript_with_tool_calls")
                .getJsonObject(items.size()))
        .containsEntry("content", Json.string("{\"name\":\"Mia\"}"));
  }

  @Test
  void sendsArgsOnlyWithIdsInTheQuery() {
    bridge.answers("/lookup", Reply.json(200, "[]"));
    AgentCall agent = talk();

    agent.callFunction(
        ToolCall.of(
                twin.publicUrl("/lookup?call_id={{call_id}}"),
                "lookup",
                Json.strings(Map.of("a", "b")))
            .argsOnly()
            .query("user", "{{user_number}}"));

    assertThat(received().text()).isEqualTo("{\"a\":\"b\"}");
    assertThat(received().query().get("call_id")).isEqualTo(agent.callId());
    assertThat(received().query().get("user")).isEqualTo(TwinNames.CALLER);
    assertSigned(received());
  }

  @Test
  void getHasNoBodyAndIsSignedAllTheSame() {
    bridge.answers("/lookup", Reply.json(200, "[]"));

    talk()
        .callFunction(
            ToolCall.of(twin.publicUrl("/lookup"), "lookup", Json.strings(Map.of()))
                .method("GET")
                .header("X-Team", "{{agent_number}}"));

    assertThat(received().method()).isEqualTo("GET");
    assertThat(received().body()).isEmpty();
    assertThat(received().header("x-team")).contains(TwinNames.NUMBER);
    assertSigned(received());
  }

  @Test
  void repeatsTheSameBodyUntilItSucceeds() {
    bridge.answers("/send_sms", Reply.json(200, "{}"));
    bridge.server().faults().next(Fault.status(500));
    bridge.server().faults().next(Fault.cut());

    ToolAnswer answer =
        talk()
            .callFunction(
                ToolCall.of(twin.publicUrl("/send_sms"), "send_sms", Json.strings(Map.of()))
                    .retries(5));

    assertThat(answer.attempts()).hasSize(3);
    assertThat(answer.ok()).isTrue();
    assertThat(bridge.server().log().all().stream().map(Request::text).distinct()).hasSize(1);
  }

  @Test
  void tellsTheModelOnlyTheStatusOfFailures() {
    bridge.answers("/lookup", Reply.json(503, "{\"secret\":1}"));

    ToolAnswer answer = talk().callFunction(twin.publicUrl("/lookup"), "lookup", Map.of());

    assertThat(answer.heardByModel()).contains("503").doesNotContain("secret");
    bridge.answers("/lookup", Reply.json(200, "\"" + "x".repeat(20_000) + "\""));
    answer = talk().callFunction(twin.publicUrl("/lookup"), "lookup", Map.of());
    assertThat(answer.cut()).isTrue();
    assertThat(answer.heardByModel()).hasSize(15_000);
  }

  @Test
  void signsWronglyOnDemand() {
    bridge.answers("/lookup", Reply.json(200, "{}"));

    talk()
        .callFunction(
            ToolCall.of(twin.publicUrl("/lookup"), "lookup", Json.strings(Map.of()))
                .signedWith("key_other")
                .signedAt(Duration.ofMinutes(-6)));

    String header = received().header("x-retell-signature").orElseThrow();
    long millis = Long.parseLong(header.replaceFirst("v=(\\d+),.*", "$1"));
    assertThat(millis).isLessThan(System.currentTimeMillis() - 300_000);
    assertThat(header).isEqualTo(RetellSignature.of("key_other", received().body(), millis));
  }

  @Test
  void webCallsHaveNoNumbers() {
    AgentCall agent = twin.retell().talk(CallSpec.web(TwinNames.AGENT));

    assertThat(agent.call().json().getString("call_type")).isEqualTo("web_call");
    assertThat(agent.call().json().keySet()).doesNotContain("from_number", "direction", "metadata");
  }

  @Test
  void tellsTheLifeOfACallInOrder() {
    bridge.answers("/retell/events", Reply.empty(204));
    twin.retell().accountWebhook(twin.publicUrl("/retell/events"));
    AgentCall agent = talk();
    agent.hangUp();

    List<Delivery> deliveries = twin.retell().awaitDeliveries();

    assertThat(deliveries)
        .extracting(Delivery::event)
        .containsExactly("call_started", "call_ended", "call_analyzed");
    assertThat(deliveries).allMatch(Delivery::delivered);
    List<Request> requests = bridge.server().log().all();
    requests.forEach(FunctionCallTest::assertSigned);
    JsonObject ended = Json.parseObject(requests.get(1).body()).orElseThrow();
    assertThat(ended.getJsonObject("call").getString("disconnection_reason"))
        .isEqualTo("agent_hangup");
    assertThat(ended.getJsonObject("call").containsKey("call_analysis")).isFalse();
    JsonObject analysed = Json.parseObject(requests.get(2).body()).orElseThrow();
    assertThat(
            analysed.getJsonObject("call").getJsonObject("call_analysis").getString("call_summary"))
        .isNotEmpty();
    assertThat(twin.retell().redeliver(deliveries.get(0)).sent())
        .isEqualTo(new String(requests.get(0).body(), UTF_8));
  }

  @Test
  void triesAnEventFourTimes() {
    bridge.answers("/retell/events", Reply.empty(500));
    twin.retell().accountWebhook(twin.publicUrl("/retell/events"));
    talk();

    Delivery started = twin.retell().awaitDeliveries().get(0);

    assertThat(started.attempts()).hasSize(4);
    assertThat(started.delivered()).isFalse();
  }

  @Test
  void overrideOfTheCallChoosesUrlAndEvents() {
    bridge.answers("/mine", Reply.empty(204));
    twin.retell().accountWebhook(twin.publicUrl("/account"));
    JsonObject override =
        Json.object()
            .add(
                "agent",
                Json.object()
                    .add("webhook_url", twin.publicUrl("/mine"))
                    .add("webhook_events", Json.array().add("call_ended")))
            .build();
    twin.retell().talk(CallSpec.phone(TwinNames.AGENT, "+61", "+62").override(override)).hangUp();

    assertThat(twin.retell().awaitDeliveries())
        .extracting(Delivery::event)
        .containsExactly("call_ended");
    assertThat(received().rawPath()).isEqualTo("/mine");
  }

  @Test
  void callThatNobodyDialsEndsWithoutHavingStarted() {
    bridge.answers("/retell/events", Reply.empty(204));
    twin.retell().accountWebhook(twin.publicUrl("/retell/events"));
    twin.retell().register(CallSpec.phone(TwinNames.AGENT, "+61", "+62"));
    twin.clock().advance(Duration.ofMinutes(6));
    twin.retell().expireOverdue();

    assertThat(twin.retell().awaitDeliveries())
        .extracting(Delivery::event)
        .containsExactly("call_ended", "call_analyzed");
  }
}
