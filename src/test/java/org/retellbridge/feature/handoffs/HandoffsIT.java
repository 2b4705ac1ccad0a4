package org.retellbridge.feature.handoffs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.twilio.CreatedTask;
import org.retellbridge.twin.twilio.Heard;
import org.retellbridge.twin.twilio.LegOutcome;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.twilio.QueueResult;
import org.retellbridge.twin.twilio.StudioVisit;
import org.retellbridge.twin.twilio.TwilioTwin;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.FaultRule;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** The agent hands the call over, against the packaged WAR. */
class HandoffsIT extends DeployedBridge {

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "FALLBACK_NUMBER", TwinNames.HUMAN, "FUNCTION_BUDGET", "PT3S", "QUEUE_LIMIT", "PT1M"));
  }

  @Test
  void movesTheCallToTheStudioFlowWithTheSummary() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    ToolAnswer answer =
        redirect(agent, "", Map.of("Summary", "Wants <a> refund & more", "department", "sales"));
    call.awaitParty(Party.Kind.STUDIO);
    call.farEndHangsUp();
    PlacedCall whole = call.awaitEnd();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(
            Json.object()
                .add("status", "moved")
                .add("message", "The call was transferred.")
                .build());
    StudioVisit visit = twin.twilio().studioVisits().get(0);
    assertThat(visit.applicationSid()).isEqualTo(TwinNames.APPLICATION);
    assertThat(List.copyOf(visit.parameters().entrySet()))
        .containsExactly(
            Map.entry("original_call_sid", call.callSid()),
            Map.entry("summary", "Wants <a> refund & more"),
            Map.entry("caller", TwinNames.CALLER),
            Map.entry("department", "sales"));
    assertThat(whole.heardKinds()).containsSequence(Heard.Kind.AGENT, Heard.Kind.RINGING);
    assertThat(whole.problems()).isEmpty();
    assertThat(whole.deadLine()).isFalse();
    assertThat(whole.documents().get(whole.documents().size() - 1).url())
        .isEqualTo(twin.publicUrl("/dial_ended?rung=0&leg=transfer"));
  }

  @Test
  void leavesTheCallAloneWhenTwilioReportsTheAgentsLegAfterTheMove() {
    CountDownLatch moved = new CountDownLatch(1);
    twin.twilio().actionAfterRedirect(moved);
    twin.twilio().legs().application(LegOutcome.BUSY);
    LiveCall call = twin.twilio().openCall(call());
    redirect(call.awaitAgent(), "", Map.of("summary", "s"));
    moved.countDown();
    call.awaitParty(Party.Kind.NUMBER);
    call.farEndHangsUp();

    assertThat(call.awaitEnd().documents())
        .filteredOn(it -> it.url().contains("/dial_ended"))
        .extracting(
            it -> it.url().replaceAll(".*\\?", ""), it -> it.text().replaceAll("<\\?.*\\?>", ""))
        .satisfiesExactly(
            agent -> assertThat(agent.toList()).containsExactly("rung=0", "<Response></Response>"),
            transfer ->
                assertThat(transfer.toList().toString())
                    .contains("rung=0&leg=transfer", "<Number>"),
            person -> assertThat(person.toList().toString()).contains("rung=1", "<Hangup"));
  }

  @Test
  void movesTheCallToTheApplicationOfTheUrl() {
    LiveCall call = twin.twilio().openCall(call());
    redirect(call.awaitAgent(), "?applicationSid=" + TwinNames.FALLBACK_APPLICATION, Map.of());
    call.awaitParty(Party.Kind.STUDIO);
    call.farEndHangsUp();
    call.awaitEnd();

    assertThat(twin.twilio().studioVisits())
        .singleElement()
        .extracting(StudioVisit::applicationSid)
        .isEqualTo(TwinNames.FALLBACK_APPLICATION);
  }

  @Test
  void leadsTheCallerOnWhenNobodyInFlexTakesTheCall() {
    twin.twilio().legs().queue(QueueResult.LEAVE);
    LiveCall call = twin.twilio().openCall(call());
    redirect(call.awaitAgent(), "?workflowSid=" + TwinNames.WORKFLOW, Map.of("summary", "s"));
    call.awaitParty(Party.Kind.NUMBER);
    call.farEndHangsUp();
    PlacedCall whole = call.awaitEnd();

    assertThat(whole.problems()).isEmpty();
    assertThat(whole.heardKinds())
        .containsSubsequence(Heard.Kind.QUEUED, Heard.Kind.MUSIC, Heard.Kind.NUMBER);
  }

  @Test
  void putsTheCallStraightIntoFlex() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    redirect(
        agent,
        "?workflowSid=" + TwinNames.WORKFLOW,
        Map.of("summary", "a \"b\" <c>", "order-id", "7", "call_id", "call_forged"));
    call.awaitParty(Party.Kind.PERSON);
    call.farEndHangsUp();
    call.awaitEnd();

    CreatedTask task = twin.twilio().tasks().get(0);
    assertThat(task.callSid()).isEqualTo(call.callSid());
    JsonObject attributes = task.attributes();
    assertThat(attributes.getString("summary")).isEqualTo("a \"b\" <c>");
    assertThat(attributes.getString("order_id")).isEqualTo("7");
    assertThat(attributes).doesNotContainKey("execution_message");
    assertThat(attributes.getString("call_id")).isEqualTo(agent.callId());
    assertThat(attributes.getString("original_call_sid")).isEqualTo(call.callSid());
    assertThat(attributes.getString("from_number")).isEqualTo(TwinNames.CALLER);
  }

  @Test
  void sendsTheCallerDownTheLadderWhenNobodyTakesTheTransfer() {
    twin.twilio().legs().application(LegOutcome.FAILED);
    LiveCall call = twin.twilio().openCall(call());
    redirect(call.awaitAgent(), "", Map.of("summary", "x"));
    call.awaitParty(Party.Kind.NUMBER);
    call.farEndHangsUp();

    assertThat(call.awaitEnd().deadLine()).isFalse();
  }

  @Test
  void sendsTheCallerDownTheLadderWhenTheQueueIsFull() {
    twin.twilio().legs().queue(QueueResult.QUEUE_FULL);
    LiveCall call = twin.twilio().openCall(call());
    redirect(call.awaitAgent(), "?workflowSid=" + TwinNames.WORKFLOW, Map.of());
    call.awaitParty(Party.Kind.NUMBER);
    call.farEndHangsUp();

    assertThat(call.awaitEnd().deadLine()).isFalse();
  }

  @Test
  void waitsAsLongAsTheUrlSays() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    long start = System.nanoTime();
    ToolAnswer answer = redirect(agent, "?delay=3500", Map.of());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    call.hangUp();

    assertThat(answer.json().getString("status")).as("the budget is longer too").isEqualTo("moved");
    assertThat(took).isBetween(Duration.ofMillis(3500), Duration.ofMillis(9000));
  }

  /** From outside, only the answer to the leg's end tells that the function waits by now. */
  @Test
  void movesTheCallWhenTheAgentsLegEndsBeforeTheTransferIsDue() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    CompletableFuture<ToolAnswer> answer =
        CompletableFuture.supplyAsync(
            () -> redirect(agent, "?delay=8000", Map.of("summary", "wants a refund")));
    Await.until("the function waits", () -> legEnded(call).contains("<Application"));
    agent.hangUp();
    call.awaitParty(Party.Kind.STUDIO);
    assertThat(answer).as("it was not due yet").isNotDone();
    call.hangUp();

    assertThat(answer.join().json().getString("status")).isEqualTo("moved");
    assertThat(twin.twilio().studioVisits())
        .singleElement()
        .satisfies(it -> assertThat(it.parameters()).containsEntry("summary", "wants a refund"));
    assertThat(twin.twilio().requests().count("/Calls/")).as("by the leg alone").isZero();
  }

  @Test
  void leavesTheCallerWithWhomeverTheSecondToolSentHimTo() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    CompletableFuture<ToolAnswer> first =
        CompletableFuture.supplyAsync(() -> redirect(agent, "?delay=8000", Map.of()));
    Await.until("the first one waits", () -> operate("/status").body().contains("\"under_way\":1"));
    ToolAnswer second =
        redirect(agent, "?applicationSid=" + TwinNames.FALLBACK_APPLICATION, Map.of());
    call.awaitParty(Party.Kind.STUDIO);

    assertThat(second.json().getString("status")).isEqualTo("moved");
    assertThat(message(first.join())).contains("Another transfer took the place");
    call.hangUp();
    assertThat(twin.twilio().requests().count("/Calls/")).isEqualTo(1);
    assertThat(twin.twilio().studioVisits())
        .extracting(StudioVisit::applicationSid)
        .containsExactly(TwinNames.FALLBACK_APPLICATION);
  }

  private static String legEnded(LiveCall call) {
    Fields fields =
        Fields.of(
            "CallSid", call.callSid(), "CallStatus", "in-progress", "DialCallStatus", "completed");
    return twin.twilio().webhook().post(twin.publicUrl("/dial_ended?rung=0"), fields).text();
  }

  @Test
  void keepsALongSummaryWithinWhatTwilioTakes() {
    LiveCall call = twin.twilio().openCall(call());
    ToolAnswer answer =
        redirect(call.awaitAgent(), "", Map.of("summary", "tea & <cake> ".repeat(2000)));
    call.awaitParty(Party.Kind.STUDIO);
    call.hangUp();

    assertThat(answer.json().getString("status")).isEqualTo("moved");
    assertThat(twin.twilio().studioVisits().get(0).parameters().get("summary"))
        .startsWith("tea & <cake> tea")
        .endsWith("…");
  }

  @Test
  void letsTheCallComeBackToTheAiAsANewCall() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall first = call.awaitAgent();
    redirect(first, "", Map.of());
    call.awaitParty(Party.Kind.STUDIO);
    call.continueAt(twin.publicUrl("/start"));
    AgentCall second = call.awaitAgentAfter(first);
    assertThat(second.callId()).isNotEqualTo(first.callId());
    call.hangUp();

    assertThat(twin.retell().requests().count("/v2/register-phone-call")).isEqualTo(2);
  }

  @Test
  void movesTheCallOnceHoweverOftenTheModelAsks() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    ToolAnswer first = redirect(agent, "", Map.of("summary", "x"));
    ToolAnswer again = redirect(agent, "", Map.of("summary", "in other words"));
    call.hangUp();

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(twin.twilio().requests().count("/Calls/")).isEqualTo(1);
  }

  @Test
  void saysThatTheCallIsOver() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    call.hangUp();
    call.awaitEnd();

    assertThat(message(redirect(agent, "", Map.of()))).contains("over already");
    assertThat(message(redirect(agent("CA" + "0f".repeat(16)), "", Map.of())))
        .as("a call that Twilio does not know")
        .contains("over already");
  }

  @Test
  void saysThatTwilioRefused() {
    twin.twilio().faults().always(TwilioTwin.refusal(400, 21218, "Invalid ApplicationSid"));
    LiveCall call = twin.twilio().openCall(call());
    assertThat(message(redirect(call.awaitAgent(), "", Map.of()))).contains("did not let");
    call.hangUp();
  }

  @Test
  void asksOnceMoreWhenTwilioFails() {
    twin.twilio().faults().next(Fault.status(503));
    LiveCall call = twin.twilio().openCall(call());
    assertThat(redirect(call.awaitAgent(), "", Map.of()).json().getString("status"))
        .isEqualTo("moved");
    call.hangUp();

    assertThat(twin.twilio().requests().count("/Calls/")).isEqualTo(2);
  }

  @Test
  void asksTwilioAgainWhenTheAgentAsksAgain() {
    twin.twilio().faults().add(FaultRule.of(Fault.status(503)).times(2));
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    assertThat(message(redirect(agent, "", Map.of("summary", "s"))))
        .contains("did not say whether it worked");
    assertThat(redirect(agent, "", Map.of("summary", "s")).json().getString("status"))
        .isEqualTo("moved");
    call.awaitParty(Party.Kind.STUDIO);
    call.hangUp();

    assertThat(twin.twilio().requests().count("/Calls/")).isEqualTo(3);
  }

  /** On a busy machine the function's limit may come before that of the request to Twilio. */
  @Test
  void admitsThatItDoesNotKnow() {
    twin.twilio().faults().always(Fault.silent());
    LiveCall call = twin.twilio().openCall(call());
    assertThat(message(redirect(call.awaitAgent(), "", Map.of())))
        .containsPattern("did not say whether it worked|not certain that it worked");
    call.hangUp();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?applicationSid=AP1",
        "?workflowSid=AP00000000000000000000000000000001",
        "?applicationSid=AP00000000000000000000000000000001%2F..%2F.."
      })
  void asksNobodyForADestinationThatIsNone(String query) {
    assertThat(message(redirect(agent("CA" + "0f".repeat(16)), query, Map.of())))
        .contains("nowhere to transfer");
    assertThat(twin.twilio().requests().total()).isZero();
  }

  @Test
  void movesNoCallThatItDoesNotKnow() {
    assertThat(message(redirect(agent("CA1/../../Messages.json?x=1#"), "", Map.of())))
        .contains("not known");
    AgentCall web =
        twin.retell()
            .talk(
                CallSpec.web(TwinNames.AGENT)
                    .metadata(Map.of("twilio_call_sid", "CA" + "0f".repeat(16))));
    assertThat(message(redirect(web, "", Map.of()))).contains("Only telephone calls");
    assertThat(twin.twilio().requests().total()).isZero();
  }

  @Test
  void isOfferedAsATool() {
    JsonObject tool =
        JsonText.parse(operate("/functions").body()).orElseThrow().asJsonArray().stream()
            .map(JsonValue::asJsonObject)
            .filter(it -> it.getString("name").equals("transfer_to_human"))
            .findFirst()
            .orElseThrow();
    assertThat(tool.getString("url"))
        .isEqualTo("https://bridge.example.test/voice/redirect?delay=2000");
    assertThat(tool.getJsonObject("parameters").getJsonArray("required"))
        .containsExactly(Json.string("Summary"));
    assertThat(tool.getBoolean("speak_during_execution")).isTrue();
    assertThat(tool.getString("execution_message_type")).isEqualTo("prompt");
    assertThat(tool.getString("execution_message_description"))
        .contains("in the language of the call");
  }

  private static AgentCall agent(String callSid) {
    return twin.retell()
        .talk(
            CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER)
                .metadata(Map.of("twilio_call_sid", callSid)));
  }

  private static ToolAnswer redirect(AgentCall agent, String query, Map<String, String> said) {
    return agent.callFunction(
        ToolCall.of(twin.publicUrl("/redirect" + query), "transfer_to_human", Json.strings(said))
            .speaks("One moment, I am connecting you."));
  }

  private static String message(ToolAnswer answer) {
    JsonObject json = answer.json();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json.getString("status")).isEqualTo("failed");
    return json.getString("message");
  }
}
