package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.ledger.TestCalls;
import org.retellbridge.foundation.ledger.TestJournal;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** The Studio flow that users import cannot queue the call, and sends it back. */
class StudioFlowFailsTest {
  private static final String HEX = "0123456789abcdef0123456789abcdef";
  private static final int TOO_MANY = 10;

  private static final CallSid CALLER = new CallSid(Webhooks.SID);
  private static final String CHILD = "CA" + "c".repeat(32);

  private static final Pattern ACTION =
      Pattern.compile("action=\"dial_ended\\?(rung=\\d+[^\"]*)\"");
  private static final Pattern PARAMETER =
      Pattern.compile("<Parameter name=\"rung\" value=\"(\\d+)\"/>");
  private static final Pattern LIQUID =
      Pattern.compile("\\{\\{trigger\\.call\\.Param_rung \\| default: '([^']+)'}}");
  private static final String ORIGINAL = "{{trigger.call.Param_original_call_sid}}";

  private static final String ABOUT = "{{trigger.call.Param_caller | url_encode}}";

  private final Ladder ladder =
      LadderTest.ladder(
          "FALLBACK_APPLICATION_SID", "AP" + HEX,
          "FALLBACK_WORKFLOW_SID", "WW" + HEX,
          "FALLBACK_NUMBER", "+61255500009");
  private final Metrics metrics = new Metrics();
  private final List<String> booked = new ArrayList<>();
  private final EndLeg endLeg =
      new EndLeg(
          ladder,
          new StartedCalls(new Handovers()),
          new Handovers(),
          new CallSteps(TestJournal.unwritten()) {
            @Override
            void wentOn(EndedLeg leg, String next, PhoneCall.Stage stage) {
              book(leg, leg.why() + ", " + next);
            }

            @Override
            void ended(EndedLeg leg) {
              book(leg, leg.word());
            }
          },
          TestCalls.unwritten(),
          metrics);

  private void book(EndedLeg leg, String what) {
    assertThat(leg.call()).hasValue(CALLER);
    booked.add(leg.rungName() + " " + what);
  }

  @Test
  void leadsToTheEndOfTheLadderWhenTheFlowIsARung() throws Exception {
    assertThat(verbsFrom(ladder.after(Ladder.AGENT, Webhooks.inbound(), "why")))
        .containsExactly("<Application", "<Enqueue", "<Number>", "<Say");
  }

  @Test
  void leadsToTheFirstRungAfterATransfer() throws Exception {
    assertThat(verbsFrom(endLeg.next(onTheFlowsLeg(afterTheFlow(""), ""))))
        .containsExactly("<Application", "<Enqueue", "<Number>", "<Say");
  }

  /** The flow's own leg was written down as a call of its own, which nobody made. */
  @Test
  void isWrittenDownWhereTheCallersCallIs() throws Exception {
    verbsFrom(endLeg.next(onTheFlowsLeg(afterTheFlow(""), "")));
    endLeg.next(Webhooks.ended("rung=0&leg=transfer", "DialCallStatus=completed"));

    assertThat(booked)
        .containsExactly(
            "0 flow_failed, application",
            "1 flow_failed, workflow",
            "2 busy, number",
            "3 busy, sentence",
            "0 completed");
  }

  /** Of those who imported the flow before it named the call. */
  @Test
  void knowsTheCallFromTwilioWhereTheFlowDoesNotNameIt() {
    String sent = "ParentCallSid=" + CALLER + "&CallStatus=in-progress";
    endLeg.next(onTheFlowsLeg("rung=0&leg=transfer", sent));
    endLeg.next(onTheFlowsLeg("rung=1&call=", sent));

    assertThat(booked).containsExactly("0 flow_failed, application", "1 flow_failed, workflow");
  }

  /** A flow may send the call to an agent again, on its own leg: that is a call of its own. */
  @Test
  void leavesTheLegsOfAnAgentThatTheFlowAskedWhereTheyBegan() {
    EndedLeg leg =
        EndedLeg.of(onTheFlowsLeg("rung=0", "DialCallStatus=completed&ParentCallSid=" + CALLER));
    assertThat(leg.call()).hasValue(new CallSid(CHILD));
    assertThat(ladder.after(0, leg.webhook(), leg.call(), "why"))
        .contains("dial_ended?rung=1\"")
        .contains("<Parameter name=\"original_call_sid\" value=\"" + CALLER + "\"/>");
  }

  @Test
  void tellsTheNextFlowWhoseCallItIs() throws Exception {
    assertThat(endLeg.next(onTheFlowsLeg(afterTheFlow(""), "")))
        .contains("action=\"dial_ended?rung=1&amp;call=" + CALLER + "\"")
        .contains("<Parameter name=\"original_call_sid\" value=\"" + CALLER + "\"/>")
        .contains("<Parameter name=\"reason\" value=\"leg_flow_failed\"/>");
  }

  /** They were told the company's own number, and called themselves back. */
  @Test
  void tellsTheNextPeopleWhoWasCalledByAnOutboundCall() throws Exception {
    String numbers = "From=" + Webhooks.DIALLED + "&To=" + Webhooks.CALLER;
    String leg = "CallSid=" + CHILD + "&Direction=outbound-dial&" + numbers;

    String application = endLeg.next(Webhooks.of(afterTheFlow(""), leg));
    String queue = endLeg.next(Webhooks.of(action(application), leg + "&DialCallStatus=busy"));

    assertThat(application).contains("<Parameter name=\"caller\" value=\"+61400000001\"/>");
    assertThat(queue).contains("\"caller\":\"+61400000001\"");
    assertThat(action(queue)).endsWith("&caller=" + Webhooks.CALLER);
  }

  private static VoiceWebhook onTheFlowsLeg(String query, String form) {
    return Webhooks.of(query, "CallSid=" + CHILD + "&From=" + Webhooks.CALLER + "&" + form);
  }

  /** Retell took it: its agent was on it. */
  @Test
  void countsNoLegOfTheAgentAfterATransfer() throws Exception {
    endLeg.next(onTheFlowsLeg(afterTheFlow(""), ""));

    assertThat(metrics.scrape())
        .contains("bridge_legs_ended_total{leg=\"transfer\",result=\"flow_failed\"} 1.0")
        .contains("bridge_legs_ended_total{leg=\"agent\",result=\"missing\"} 0.0");
  }

  /** What the caller gets, one after the other, when everybody fails. */
  private List<String> verbsFrom(String first) throws Exception {
    List<String> verbs = new ArrayList<>();
    for (String twiml = first; verbs.size() < TOO_MANY; ) {
      String answer = twiml;
      verbs.add(
          List.of("<Application", "<Enqueue", "<Number>", "<Say").stream()
              .filter(answer::contains)
              .findFirst()
              .orElseThrow());
      if (answer.contains("<Say")) {
        break;
      }
      twiml =
          answer.contains("<Application")
              ? endLeg.next(onTheFlowsLeg(afterTheFlow(answer), "CallStatus=in-progress"))
              : endLeg.next(onTheFlowsLeg(action(answer), "DialCallStatus=busy"));
    }
    return verbs;
  }

  /** The query with which the flow sends the call back, its variable filled in by Studio. */
  private static String afterTheFlow(String twiml) throws Exception {
    Matcher parameter = PARAMETER.matcher(twiml);
    boolean given = parameter.find();
    Matcher url =
        LIQUID.matcher(wayBack().replace(ORIGINAL, CALLER.value()).replace(ABOUT, Webhooks.CALLER));
    return URI.create(url.replaceAll(it -> given ? parameter.group(1) : it.group(1))).getRawQuery();
  }

  private static String wayBack() throws Exception {
    JsonObject flow =
        JsonText.parseObject(Files.readString(Path.of("docs/studio-flow.json"))).orElseThrow();
    return flow.getJsonArray("states").stream()
        .map(JsonValue::asJsonObject)
        .filter(state -> state.getString("name").equals("back_to_the_bridge"))
        .map(state -> state.getJsonObject("properties").getString("url"))
        .findFirst()
        .orElseThrow();
  }

  private static String action(String twiml) {
    Matcher matcher = ACTION.matcher(twiml);
    assertThat(matcher.find()).as(twiml).isTrue();
    return matcher.group(1).replace("&amp;", "&");
  }
}
