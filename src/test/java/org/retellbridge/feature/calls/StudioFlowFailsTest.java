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
import org.retellbridge.foundation.ledger.TestCalls;
import org.retellbridge.foundation.ledger.TestJournal;
import org.retellbridge.foundation.metrics.Metrics;

/** The Studio flow that users import cannot queue the call, and sends it back. */
class StudioFlowFailsTest {
  private static final String HEX = "0123456789abcdef0123456789abcdef";
  private static final int TOO_MANY = 10;

  private static final Pattern ACTION = Pattern.compile("action=\"dial_ended\\?(rung=\\d+)\"");
  private static final Pattern PARAMETER =
      Pattern.compile("<Parameter name=\"rung\" value=\"(\\d+)\"/>");
  private static final Pattern LIQUID =
      Pattern.compile("\\{\\{trigger\\.call\\.Param_rung \\| default: '([^']+)'}}");

  private final Ladder ladder =
      LadderTest.ladder(
          "FALLBACK_APPLICATION_SID", "AP" + HEX,
          "FALLBACK_WORKFLOW_SID", "WW" + HEX,
          "FALLBACK_NUMBER", "+61255500009");
  private final Metrics metrics = new Metrics();
  private final EndLeg endLeg =
      new EndLeg(
          ladder,
          new StartedCalls(),
          new CallSteps(TestJournal.unwritten()),
          TestCalls.unwritten(),
          metrics);

  @Test
  void leadsToTheEndOfTheLadderWhenTheFlowIsARung() throws Exception {
    assertThat(verbsFrom(ladder.after(Ladder.AGENT, Webhooks.inbound(), "why")))
        .containsExactly("<Application", "<Enqueue", "<Number>", "<Say");
  }

  @Test
  void leadsToTheFirstRungAfterATransfer() throws Exception {
    assertThat(verbsFrom(endLeg.next(Webhooks.ended(afterTheFlow(""), ""))))
        .containsExactly("<Application", "<Enqueue", "<Number>", "<Say");
  }

  /** Retell took it: its agent was on it. */
  @Test
  void countsNoLegOfTheAgentAfterATransfer() throws Exception {
    endLeg.next(Webhooks.ended(afterTheFlow(""), ""));

    assertThat(metrics.scrape())
        .contains("bridge_legs_ended_total{leg=\"transfer\",result=\"missing\"} 1.0")
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
              ? endLeg.next(Webhooks.ended(afterTheFlow(answer), "CallStatus=in-progress"))
              : endLeg.next(Webhooks.ended(group(ACTION, answer), "DialCallStatus=busy"));
    }
    return verbs;
  }

  /** The query with which the flow sends the call back, its variable filled in by Studio. */
  private static String afterTheFlow(String twiml) throws Exception {
    Matcher parameter = PARAMETER.matcher(twiml);
    boolean given = parameter.find();
    Matcher url = LIQUID.matcher(wayBack());
    return URI.create(url.replaceAll(it -> given ? parameter.group(1) : it.group(1))).getQuery();
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

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
