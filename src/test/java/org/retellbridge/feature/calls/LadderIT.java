package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.Heard;
import org.retellbridge.twin.twilio.LegOutcome;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.twilio.QueueResult;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;

/** The ladder rung by rung: each fails in turn, and the caller always gets the next one. */
class LadderIT extends DeployedBridge {
  private static final String SENTENCE =
      "Leider können wir gerade nicht <abnehmen> & bitten um Geduld.";

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "DIAL_TIMEOUT",
            "PT15S",
            "FALLBACK_APPLICATION_SID",
            TwinNames.FALLBACK_APPLICATION,
            "FALLBACK_WORKFLOW_SID",
            TwinNames.WORKFLOW,
            "FALLBACK_NUMBER",
            TwinNames.HUMAN,
            "QUEUE_LIMIT",
            "PT2M",
            "RETELL_AGENTS",
            TwinNames.OTHER_NUMBER + "=" + TwinNames.OTHER_AGENT,
            "FALLBACK_MESSAGE",
            SENTENCE,
            "FALLBACK_LANGUAGE",
            "de-DE"));
  }

  @Test
  void firstTriesTheStudioFlowAndTellsItTheReason() {
    twin.twilio().legs().sip(LegOutcome.NO_ANSWER);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.heardKinds())
        .containsExactly(Heard.Kind.RINGING, Heard.Kind.RINGING, Heard.Kind.STUDIO);
    assertThat(twin.twilio().studioVisits().get(0).parameters())
        .containsEntry("original_call_sid", call.callSid())
        .containsEntry("caller", TwinNames.CALLER)
        .containsEntry("reason", "leg_no_answer")
        .containsEntry("rung", "1");
  }

  /** As Retell does when the agent's own server cannot be reached. */
  @Test
  void leavesNobodyAloneWhoseAgentBreaksOffAtOnce() {
    twin.twilio().legs().talksLast(Duration.ofSeconds(1)).application(LegOutcome.FAILED);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.heardKinds())
        .containsSubsequence(Heard.Kind.AGENT, Heard.Kind.QUEUED, Heard.Kind.PERSON);
    assertThat(call.documents().get(1).text())
        .contains("<Parameter name=\"reason\" value=\"leg_dropped\"/>");
  }

  @Test
  void thenQueuesTheCallInFlex() {
    twin.twilio().legs().sip(LegOutcome.FAILED).application(LegOutcome.FAILED);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.heardKinds()).contains(Heard.Kind.QUEUED, Heard.Kind.PERSON);
    assertThat(call.deadLine()).isFalse();
  }

  @Test
  void playsMusicToWhoWaitsInTheQueue() {
    twin.twilio().legs().sip(LegOutcome.FAILED).application(LegOutcome.FAILED);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.problems()).isEmpty();
    assertThat(call.heardKinds())
        .containsSubsequence(Heard.Kind.QUEUED, Heard.Kind.MUSIC, Heard.Kind.PERSON);
  }

  /** Their task may have been cancelled: Twilio would keep them waiting for ever. */
  @Test
  void leadsOnWhoHasWaitedLongEnough() {
    twin.twilio()
        .legs()
        .sip(LegOutcome.FAILED)
        .application(LegOutcome.FAILED)
        .queue(QueueResult.LEAVE);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.problems()).isEmpty();
    assertThat(call.heardKinds())
        .containsSubsequence(
            Heard.Kind.QUEUED, Heard.Kind.MUSIC, Heard.Kind.MUSIC, Heard.Kind.NUMBER);
    assertThat(call.documents())
        .filteredOn(it -> it.url().contains("/voice/hold?since="))
        .extracting(it -> it.text().contains("<Leave/>"))
        .containsExactly(false, false, true);
  }

  @Test
  void thenDialsTheNumber() {
    twin.twilio()
        .legs()
        .sip(LegOutcome.BUSY)
        .application(LegOutcome.FAILED)
        .queue(QueueResult.QUEUE_FULL);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.heardKinds()).contains(Heard.Kind.NUMBER);
    assertThat(call.legs().get(call.legs().size() - 1).target()).isEqualTo(TwinNames.HUMAN);
  }

  @Test
  void speaksWhenNobodyElseCanTakeTheCall() {
    twin.twilio()
        .legs()
        .sip(LegOutcome.BUSY)
        .application(LegOutcome.FAILED)
        .queue(QueueResult.SYSTEM_ERROR)
        .number(LegOutcome.BUSY);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.spoken()).containsExactly(SENTENCE);
    assertThat(call.deadLine()).isFalse();
    assertThat(call.documents()).hasSize(5);
    assertThat(call.documents().get(4).text()).contains("<Say language=\"de-DE\">");
  }

  @Test
  void showsTheDialledNumberWhenTheCallersIsWithheld() {
    twin.twilio()
        .legs()
        .sip(LegOutcome.BUSY)
        .application(LegOutcome.FAILED)
        .queue(QueueResult.ERROR);

    PlacedCall call =
        twin.twilio()
            .placeCall(CallRequest.to(twin.publicUrl("/start"), "anonymous", TwinNames.NUMBER));

    assertThat(call.documents().get(3).text())
        .contains("callerId=\"" + TwinNames.NUMBER + "\"")
        .contains("timeout=\"15\"");
  }

  @Test
  void dialsTheNumberForAClientThatDialledNone() {
    twin.twilio()
        .legs()
        .sip(LegOutcome.BUSY)
        .application(LegOutcome.FAILED)
        .queue(QueueResult.ERROR);

    PlacedCall call =
        twin.twilio()
            .placeCall(
                CallRequest.to(twin.publicUrl("/start"), "client:alice", TwinNames.APPLICATION));

    assertThat(call.problems()).isEmpty();
    assertThat(call.heardKinds()).contains(Heard.Kind.NUMBER);
    assertThat(call.lastDocument().orElseThrow().text()).contains("<Hangup");
  }

  @Test
  void hangsUpAfterAConversationAtAnyRung() {
    for (String rung : new String[] {"0", "1", "2", "3", "77"}) {
      assertThat(ended(rung, "DialCallStatus", "completed").text()).contains("<Hangup");
    }
    assertThat(ended("2", "QueueResult", "bridged").text()).contains("<Hangup");
    assertThat(ended("0", "DialBridged", "true").text()).contains("<Hangup");
  }

  @Test
  void goesOnWhenTwilioSaysNothingOrSomethingNew() {
    assertThat(ended("0", "Other", "x").text()).contains("<Application ");
    assertThat(ended("1", "DialCallStatus", "brand-new").text()).contains("<Enqueue");
    assertThat(ended("2", "QueueResult", "leave").text()).contains("<Number>");
    assertThat(ended("3", "DialCallStatus", "<b>").text()).contains("<Say");
  }

  @Test
  void speaksForARungThatDoesNotExist() {
    for (String rung : new String[] {"4", "99", "x", "", "-1"}) {
      assertThat(ended(rung, "DialCallStatus", "busy").text()).contains("<Say");
    }
  }

  @Test
  void wantsASignatureAndPost() {
    assertThat(
            twin.twilio()
                .webhook()
                .signedWith("")
                .post(twin.publicUrl("/dial_ended?rung=0"), new Fields())
                .status())
        .isEqualTo(403);
    assertThat(get("/dial_ended").statusCode()).isEqualTo(405);
    assertThat(get("/hold").statusCode()).isEqualTo(405);
  }

  private static Exchange ended(String rung, String name, String value) {
    Exchange answer =
        twin.twilio()
            .webhook()
            .post(twin.publicUrl("/dial_ended?rung=" + rung), Fields.of(name, value));
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }
}
