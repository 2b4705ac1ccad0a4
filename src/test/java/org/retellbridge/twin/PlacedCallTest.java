package org.retellbridge.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.RetellCall;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.Heard;
import org.retellbridge.twin.twilio.LegOutcome;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.twilio.QueueResult;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Reply;

class PlacedCallTest {

  private static final String STUDIO_RUNG =
      "<Dial $action><Application><ApplicationSid>"
          + TwinNames.FALLBACK_APPLICATION
          + "</ApplicationSid><Parameter name=\"reason\" value=\"ai down\"/></Application></Dial>";
  private static final String QUEUE_RUNG =
      "<Enqueue $action workflowSid=\""
          + TwinNames.WORKFLOW
          + "\"><Task>{\"reason\":\"ai down\"}</Task></Enqueue>";
  private static final String NUMBER_RUNG =
      "<Dial $action><Number>" + TwinNames.HUMAN + "</Number></Dial>";

  private final Twin twin = Twin.start();
  private final TinyBridge bridge = new TinyBridge(twin, STUDIO_RUNG, QUEUE_RUNG, NUMBER_RUNG);

  @AfterEach
  void close() {
    bridge.close();
    twin.close();
  }

  private CallRequest request() {
    return CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER);
  }

  @Test
  void connectsCallerToAgentAndHangsUp() {
    PlacedCall call = twin.twilio().placeCall(request());

    assertThat(call.heardKinds()).containsExactly(Heard.Kind.RINGING, Heard.Kind.AGENT);
    assertThat(call.status()).isEqualTo("completed");
    assertThat(call.problems()).isEmpty();
    assertThat(call.deadLine()).isFalse();
    assertThat(call.documents()).hasSize(2);
    Fields ended = Fields.parse(call.documents().get(1).sent());
    assertThat(ended.get("DialCallStatus")).isEqualTo("completed");
    assertThat(ended.get("DialBridged")).isEqualTo("true");
    RetellCall registered = twin.retell().calls().get(0);
    assertThat(registered.status()).isEqualTo(RetellCall.Status.ENDED);
    assertThat(registered.spec().from()).isEqualTo(TwinNames.CALLER);
  }

  @Test
  void sendsUsualParametersByGetToo() {
    PlacedCall call =
        twin.twilio().placeCall(request().method("GET").with("StirVerstat", "No-TN-Validation"));

    assertThat(call.reachedAgent()).isTrue();
    Fields sent = Fields.parse(call.firstDocument().sent());
    assertThat(sent.get("StirVerstat")).isEqualTo("No-TN-Validation");
    assertThat(sent.get("CallStatus")).isEqualTo("ringing");
    assertThat(sent.get("AccountSid")).isEqualTo(TwinNames.ACCOUNT.sid());
  }

  @Test
  void climbsLadderUntilSomebodyAnswers() {
    twin.retell().faults().always(Fault.status(503));
    twin.twilio().legs().application(LegOutcome.BUSY).queue(QueueResult.SYSTEM_ERROR);

    PlacedCall call = twin.twilio().placeCall(request());

    assertThat(call.heardKinds()).endsWith(Heard.Kind.NUMBER);
    assertThat(call.legs().get(1).target()).isEqualTo(TwinNames.HUMAN);
    assertThat(call.status()).isEqualTo("completed");
  }

  @Test
  void speaksWhenTheWholeLadderFails() {
    twin.twilio()
        .legs()
        .sip(LegOutcome.BUSY)
        .application(LegOutcome.FAILED)
        .queue(QueueResult.QUEUE_FULL)
        .number(LegOutcome.NO_ANSWER);

    PlacedCall call = twin.twilio().placeCall(request());

    assertThat(call.spoken()).containsExactly("Please call again.");
    assertThat(call.deadLine()).isFalse();
    assertThat(Fields.parse(call.documents().get(1).sent()).get("DialSipResponseCode"))
        .isEqualTo("486");
  }

  @Test
  void givesStudioTheParameters() {
    twin.retell().faults().next(Fault.cut());

    twin.twilio().placeCall(request());

    assertThat(twin.twilio().studioVisits()).hasSize(1);
    assertThat(twin.twilio().studioVisits().get(0).parameters()).containsEntry("reason", "ai down");
  }

  @Test
  void createsTaskForCallerInWorkflow() {
    twin.twilio().legs().sip(LegOutcome.FAILED).application(LegOutcome.FAILED);

    PlacedCall call = twin.twilio().placeCall(request());

    assertThat(call.heardKinds()).contains(Heard.Kind.QUEUED, Heard.Kind.PERSON);
    assertThat(twin.twilio().tasks()).hasSize(1);
    assertThat(twin.twilio().tasks().get(0).callSid()).isEqualTo(call.callSid());
  }

  @Test
  void refusesToShowWithheldNumberToTheNextParty() {
    twin.twilio().legs().sip(LegOutcome.FAILED).application(LegOutcome.FAILED);
    twin.twilio().legs().queue(QueueResult.ERROR);

    PlacedCall call =
        twin.twilio()
            .placeCall(CallRequest.to(twin.publicUrl("/start"), "anonymous", TwinNames.NUMBER));

    assertThat(call.hasProblem(13214)).isTrue();
  }

  @Test
  void apologisesForUnusableAnswers() {
    bridge.answers("/start", Reply.text(200, "text/xml", "<Response><Say>Hi</Response>"));
    assertThat(twin.twilio().placeCall(request()).hasProblem(12100)).isTrue();

    bridge.answers("/start", Reply.empty(500));
    PlacedCall call = twin.twilio().placeCall(request());
    assertThat(call.hasProblem(11200)).isTrue();
    assertThat(call.deadLine()).isTrue();

    bridge.answers("/start", Reply.text(200, "application/json", "{}"));
    assertThat(twin.twilio().placeCall(request()).hasProblem(12300)).isTrue();

    bridge.answers("/start", Reply.text(200, "text/xml", "<Answer/>"));
    assertThat(twin.twilio().placeCall(request()).hasProblem(12102)).isTrue();

    bridge.answers("/start", TinyBridge.twiml("<Say>" + "x".repeat(65_536) + "</Say>"));
    assertThat(twin.twilio().placeCall(request()).hasProblem(11750)).isTrue();
  }

  @Test
  void asksFallbackUrl() {
    bridge.answers("/start", Reply.empty(500));
    bridge.answers("/fallback", TinyBridge.twiml("<Say>We are closed.</Say>"));

    PlacedCall call = twin.twilio().placeCall(request().fallback(twin.publicUrl("/fallback")));

    assertThat(call.spoken()).containsExactly("We are closed.");
    assertThat(Fields.parse(call.lastDocument().orElseThrow().sent()).get("ErrorCode"))
        .isEqualTo("11200");
  }

  @Test
  void flagsWhatIsNotInTheGrammar() {
    bridge.answers(
        "/start", TinyBridge.twiml("<Shout>Hi</Shout><Say tone=\"loud\">Hi</Say><Hangup/>"));

    PlacedCall call = twin.twilio().placeCall(request());

    assertThat(call.problems()).extracting("code").containsExactly(12200, 12200);
    assertThat(call.spoken()).containsExactly("Hi");
  }

  @Test
  void hearsNothingWhereTheDocumentIsEmpty() {
    bridge.answers("/start", TinyBridge.twiml(""));

    assertThat(twin.twilio().placeCall(request()).heardKinds())
        .containsExactly(Heard.Kind.DEAD_LINE);
  }

  @Test
  void leavesCircles() {
    bridge.answers("/start", TinyBridge.twiml("<Redirect>start</Redirect>"));

    PlacedCall call = twin.twilio().placeCall(request());

    assertThat(call.documents()).hasSize(20);
    assertThat(call.hasProblem(0)).isTrue();
  }

  @Test
  void sipLegFailsAfterTheDialWindowAndOnSecondUse() {
    LiveCall call = twin.twilio().openCall(request());
    AgentCall agent = call.awaitAgent();

    assertThat(twin.retell().answer(agent.callId()).code()).isEqualTo(486);
    assertThat(twin.retell().answer("call_unknown").code()).isEqualTo(404);
    call.hangUp();
    call.awaitEnd();

    bridge.answers("/start", TinyBridge.twiml("<Redirect>late</Redirect>"));
    twin.clock().advance(Duration.ofMinutes(6));
    assertThat(twin.retell().answer(agent.callId()).code()).isEqualTo(486);
  }

  @Test
  void liveCallGoesOnUntilTheCallerHangsUp() {
    LiveCall call = twin.twilio().openCall(request());
    AgentCall agent = call.awaitAgent();
    agent.hears("Thank you, bye.");
    call.hangUp();

    PlacedCall placed = call.awaitEnd();

    assertThat(placed.status()).isEqualTo("completed");
    assertThat(agent.ended()).isCompletedWithValue("user_hangup");
    assertThat(placed.documents()).hasSize(2);
  }

  @Test
  void settlingEndsCallsThatGoOn() {
    LiveCall call = twin.twilio().openCall(request());
    AgentCall agent = call.awaitAgent();

    twin.settle();

    assertThat(call.soFar().status()).isEqualTo("completed");
    assertThat(agent.ended()).isCompletedWithValue("user_hangup");
  }

  @Test
  void liveCallClimbsToNumberAndThatOneHangsUp() {
    twin.twilio().legs().sip(LegOutcome.FAILED).application(LegOutcome.FAILED);
    twin.twilio().legs().queue(QueueResult.ERROR);
    LiveCall call = twin.twilio().openCall(request());

    assertThat(call.awaitParty(Party.Kind.NUMBER).name()).isEqualTo(TwinNames.HUMAN);
    call.farEndHangsUp();

    assertThat(call.awaitEnd().status()).isEqualTo("completed");
  }

  @Test
  void callMayComeBackUnderItsSid() {
    LiveCall call = twin.twilio().openCall(request());
    AgentCall first = call.awaitAgent();

    call.continueAt(twin.publicUrl("/start"));
    AgentCall second = call.awaitAgentAfter(first);
    second.hangUp();

    assertThat(second.callId()).isNotEqualTo(first.callId());
    assertThat(call.awaitEnd().heardKinds())
        .containsSubsequence(Heard.Kind.AGENT, Heard.Kind.AGENT);
  }

  @Test
  void sendsTheSameWebhookTwiceOnDemand() {
    Fields fields = twin.twilio().fieldsOf(request().with("CallSid", "CA" + "7".repeat(32)));

    twin.twilio().webhook().post(twin.publicUrl("/start"), fields);
    twin.twilio().webhook().post(twin.publicUrl("/start"), fields);

    assertThat(bridge.server().log().all())
        .extracting(seen -> seen.form().get("CallSid"))
        .containsExactly("CA" + "7".repeat(32), "CA" + "7".repeat(32));
    assertThat(
            twin.twilio().webhook().signedWith("").post(twin.publicUrl("/start"), fields).status())
        .isEqualTo(403);
    assertThat(
            twin.twilio().webhook().signedWith("x").post(twin.publicUrl("/start"), fields).status())
        .isEqualTo(403);
  }

  @Test
  void repeatsAWebhookAsItsUrlSays() {
    bridge.server().faults().next(Fault.status(500));

    PlacedCall call =
        twin.twilio()
            .placeCall(
                CallRequest.to(
                    twin.publicUrl("/start") + "#rc=2&rp=5xx", TwinNames.CALLER, TwinNames.NUMBER));

    assertThat(call.reachedAgent()).isTrue();
    assertThat(
            bridge.server().log().all().stream()
                .limit(2)
                .map(seen -> seen.header("i-twilio-idempotency-token").orElseThrow())
                .distinct())
        .hasSize(1);
  }

  @Test
  void failingConversationFailsTheTest() {
    assertThatThrownBy(
            () ->
                twin.twilio()
                    .placeCall(
                        request(),
                        agent -> {
                          throw new IllegalStateException("no tea");
                        }))
        .hasMessage("no tea");
  }

  @Test
  void retellBeingSilentDoesNotHurtTheCaller() {
    twin.retell().faults().next(Fault.silent());

    PlacedCall call = twin.twilio().placeCall(request());

    assertThat(call.heardKinds()).contains(Heard.Kind.STUDIO);
    assertThat(twin.retell().requests().total()).isEqualTo(1);
  }
}
