package org.retellbridge.feature.handoffs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.retell.functions.KnownCall;
import org.retellbridge.partner.retell.functions.TestFunctionCalls;
import org.retellbridge.partner.twilio.QueueWait;
import org.retellbridge.partner.twilio.WildTexts;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The TwiML of a transfer: whole, within Twilio's limit, and with our own parameters first. */
class DestinationTest {
  private static final CallSid CALL = new CallSid("CA" + "0c".repeat(16));
  private static final String BASE = "https://bridge.example.test/voice";
  private static final String APPLICATION = "AP" + "0a".repeat(16);
  private static final QueueWait NO_LIMIT = new QueueWait(TestSettings.of());
  private static final Duration TIMEOUT = Duration.ofSeconds(25);
  private static final String WORKFLOW = "WW" + "0b".repeat(16);

  @Test
  void dialsTheApplicationAndComesBackToTheLadder() {
    assertThat(application("{\"Summary\":\"a <b> & \\\"c\\\"\"}"))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Dial"
                + " action=\"https://bridge.example.test/voice/dial_ended?rung=0&amp;leg=transfer\""
                + " timeout=\"25\"><Application copyParentTo=\"true\"><ApplicationSid>"
                + APPLICATION
                + "</ApplicationSid><Parameter name=\"original_call_sid\" value=\""
                + CALL
                + "\"/><Parameter name=\"summary\" value=\"a &lt;b&gt; &amp; &quot;c&quot;\"/>"
                + "<Parameter name=\"caller\" value=\"+61491570006\"/>"
                + "</Application></Dial></Response>");
  }

  /** Behind a flow Twilio's words no longer tell that it was an outbound call. */
  @Test
  void saysOnTheWayBackWhomAnOutboundCallIsAbout() {
    String call =
        "{\"call_id\":\"call_1\",\"direction\":\"outbound\",\"from_number\":\"+61255500000\","
            + "\"to_number\":\"+61491570006\"}";
    for (Destination destination :
        List.of(
            new Destination.Application(APPLICATION, TIMEOUT),
            new Destination.Workflow(WORKFLOW, NO_LIMIT))) {
      assertThat(twiml(destination, call(call, "{}")))
          .contains("dial_ended?rung=0&amp;leg=transfer&amp;caller=%2B61491570006\"");
      assertThat(destination.twiml(CALL, registered(true), BASE))
          .contains("dial_ended?rung=0&amp;leg=transfer&amp;caller=%2B61491570006\"");
      assertThat(destination.twiml(CALL, registered(false), BASE)).doesNotContain("&amp;caller=");
    }
  }

  /** Of which the tool sends the arguments alone. */
  private static FunctionCall registered(boolean outbound) {
    return TestFunctionCalls.in(
        new KnownCall(new CallId("call_1"), CALL, outbound, Caller.parse("+61491570006")),
        JsonText.object().build());
  }

  @Test
  void passesEveryFurtherTextOnUnderAUsableName() throws Exception {
    Map<String, String> parameters =
        parameters(
            application(
                """
                {"department":"sales","summary":"s","original_call_sid":"CA1","SUMMARY":"t",
                 "Original_Call_Sid":"CA2","total":12,"list":["x"],"a-b":"1","1a":"2","é":"3","reason":"r",
                 "x\\"/><Hangup/>":"4","rung":"99","Rung":"98","original-call-sid":"CA3",
                 "ORIGINAL.CALL.SID":"CA4",
                 "Caller":"+61255500009"}\
                """));
    assertThat(parameters)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "original_call_sid", CALL.value(),
                "summary", "s",
                "caller", "+61491570006",
                "department", "sales",
                "reason", "r",
                "a_b", "1",
                "arg_1a", "2",
                "arg__", "3",
                "x____Hangup__", "4"));
  }

  @Test
  void hasASummaryEvenIfThereIsNone() throws Exception {
    assertThat(parameters(application("{}"))).containsEntry("summary", "");
  }

  @Test
  void cutsTheSummaryAtAWordAndNothingElse() throws Exception {
    String twiml =
        application("{\"summary\":\"" + "tea & cake ".repeat(2000) + "\",\"who\":\"Mia\"}");
    assertThat(twiml.length()).isBetween(3900, 4000);
    assertThat(parameters(twiml))
        .containsEntry("who", "Mia")
        .hasEntrySatisfying(
            "summary", it -> assertThat(it).matches("(tea & cake )+.*(&|tea|cake)…"));
  }

  @Test
  void countsBytesAsWellAsCharacters() throws Exception {
    String twiml = application("{\"summary\":\"" + "日本語".repeat(2000) + "\"}");
    assertThat(twiml.getBytes(UTF_8).length).isBetween(3900, 4000);
    assertThat(parameters(twiml).get("summary")).startsWith("日本語").endsWith("…");
  }

  @Test
  void leavesParametersOutWhenThereAreFarTooMany() throws Exception {
    JsonObjectBuilder arguments = JsonText.object().add("summary", "s");
    for (int i = 100; i < 300; i++) {
      arguments.add("a_rather_long_name_of_a_parameter_" + i, "x");
    }
    String twiml = application(arguments.build().toString());
    assertThat(twiml.length()).isLessThanOrEqualTo(4000);
    assertThat(parameters(twiml))
        .containsEntry("summary", "s")
        .containsEntry("a_rather_long_name_of_a_parameter_100", "x")
        .doesNotContainKey("a_rather_long_name_of_a_parameter_299");
  }

  @Property(tries = 500)
  @Domain(WildTexts.class)
  void isWholeAndFitsWhateverTheModelSays(@ForAll String wild) throws Exception {
    String said = wild.repeat(1 + Math.floorMod(wild.hashCode(), 400));
    JsonObject arguments =
        JsonText.object().add("summary", said).add("other", wild).add("third", said).build();

    Map<String, String> parameters = parameters(application(arguments.toString()));
    assertThat(List.copyOf(parameters.keySet()).subList(0, 2))
        .containsExactly("original_call_sid", "summary");
    assertThat(parameters).containsEntry("original_call_sid", CALL.value());

    String twiml = workflow(arguments.toString());
    Element enqueue = verb(twiml);
    assertThat(enqueue.getAttribute("workflowSid")).isEqualTo(WORKFLOW);
    JsonObject task = JsonText.parseObject(enqueue.getTextContent()).orElseThrow();
    assertThat(task.getString("original_call_sid")).isEqualTo(CALL.value());
    assertThat(task).containsKey("call_id");
  }

  /** Absolute, as the action is. */
  @Test
  void hasTwilioAskHowLongACallerIsToWait() throws Exception {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1_795_000_000), ZoneOffset.UTC);
    QueueWait limit = new QueueWait(TestSettings.of("QUEUE_LIMIT", "PT5M"), clock);
    Destination queue = new Destination.Workflow(WORKFLOW, limit);
    assertThat(verb(fitting(queue, "{}")).getAttribute("waitUrl"))
        .isEqualTo(BASE + "/hold?since=1795000000");
    assertThat(verb(workflow("{}")).hasAttribute("waitUrl")).isFalse();
  }

  @Test
  void givesTheQueueWhatTheBridgeKnowsAndWhatTheModelSaid() throws Exception {
    Element enqueue =
        verb(workflow("{\"Summary\":\"a <b>\",\"order-id\":7,\"call_id\":\"call_x\"}"));
    assertThat(enqueue.getAttribute("action")).isEqualTo(BASE + "/dial_ended?rung=0&leg=transfer");
    assertThat(JsonText.parseObject(enqueue.getTextContent()))
        .hasValue(
            JsonText.parseObject(
                    "{\"call_id\":\"call_1\",\"from_number\":\"+61491570006\",\"caller\":"
                        + "\"+61491570006\",\"original_call_sid\":\""
                        + CALL
                        + "\",\"summary\":\"a <b>\",\"order_id\":7}")
                .orElseThrow());
  }

  @Test
  void saysWhoWasCalledByAnOutboundCall() throws Exception {
    JsonObject call = call("{\"direction\":\"outbound\",\"to_number\":\"+61491570007\"}", "{}");
    assertThat(parameters(twiml(new Destination.Application(APPLICATION, TIMEOUT), call)))
        .containsEntry("caller", "+61491570007");
  }

  /** A flow had sent the call back to the bridge, on a leg of its own. */
  @Test
  void namesTheCallersOwnLegWhenAnotherOneIsMoved() throws Exception {
    String own = "CA" + "0d".repeat(16);
    JsonObject call =
        call(
            "{\"metadata\":{\"twilio_call_sid\":\""
                + CALL
                + "\",\"original_call_sid\":\""
                + own
                + "\"}}",
            "{\"original_call_sid\":\"CA1\"}");
    assertThat(parameters(twiml(new Destination.Application(APPLICATION, TIMEOUT), call)))
        .containsEntry("original_call_sid", own);
    JsonObject task =
        JsonText.parseObject(
                verb(twiml(new Destination.Workflow(WORKFLOW, NO_LIMIT), call)).getTextContent())
            .orElseThrow();
    assertThat(task.getString("original_call_sid")).isEqualTo(own);
    assertThat(task.getString("twilio_call_sid")).isEqualTo(CALL.value());
  }

  /** Else a caller could have an agent, or a number, of their own choice told to a person. */
  @Test
  void letsTheModelFillInNothingThatTheBridgeDoesNotKnow() throws Exception {
    Element enqueue =
        verb(
            workflow(
                "{\"to_number\":\"+61491570999\",\"Direction\":\"outbound\",\"agent-name\":\"Boss\","
                    + "\"department\":\"sales\"}"));
    assertThat(JsonText.parseObject(enqueue.getTextContent()).orElseThrow().keySet())
        .containsExactlyInAnyOrder(
            "call_id", "from_number", "caller", "original_call_sid", "department");
  }

  private static String application(String arguments) {
    return fitting(new Destination.Application(APPLICATION, TIMEOUT), arguments);
  }

  private static String workflow(String arguments) {
    return fitting(new Destination.Workflow(WORKFLOW, NO_LIMIT), arguments);
  }

  private static String fitting(Destination destination, String arguments) {
    String twiml =
        twiml(
            destination,
            call("{\"call_id\":\"call_1\",\"from_number\":\"+61491570006\"}", arguments));
    assertThat(twiml.length()).isLessThanOrEqualTo(4000);
    assertThat(twiml.getBytes(UTF_8).length).isLessThanOrEqualTo(4000);
    return twiml;
  }

  private static JsonObject call(String call, String arguments) {
    return JsonText.object()
        .add("name", "transfer")
        .add("call", JsonText.parseObject(call).orElseThrow())
        .add("args", JsonText.parseObject(arguments).orElseThrow())
        .build();
  }

  private static String twiml(Destination destination, JsonObject body) {
    return destination.twiml(CALL, TestFunctionCalls.of(body, Map.of()), BASE);
  }

  private static Map<String, String> parameters(String twiml) throws Exception {
    NodeList nodes = verb(twiml).getElementsByTagName("Parameter");
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element parameter = (Element) nodes.item(i);
      parameters.put(parameter.getAttribute("name"), parameter.getAttribute("value"));
    }
    return parameters;
  }

  /** The only verb of the response, by a parser that takes no malformed markup. */
  private static Element verb(String twiml) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
    Element response = parser.parse(new InputSource(new StringReader(twiml))).getDocumentElement();
    assertThat(response.getChildNodes().getLength()).isEqualTo(1);
    return (Element) response.getFirstChild();
  }
}
