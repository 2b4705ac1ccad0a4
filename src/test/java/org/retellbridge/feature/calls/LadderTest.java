package org.retellbridge.feature.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.partner.twilio.VoiceWebhook;

class LadderTest {
  private static final String HEX = "0123456789abcdef0123456789abcdef";
  private static final String[] EVERYTHING = {
    "FALLBACK_APPLICATION_SID", "AP" + HEX,
    "FALLBACK_WORKFLOW_SID", "WW" + HEX,
    "FALLBACK_NUMBER", "+61255500009",
    "FALLBACK_URL", "https://h.example/twiml?a=1&b=2",
    "FALLBACK_MESSAGE", "So sorry.",
    "FALLBACK_LANGUAGE", "en-AU",
    "DIAL_TIMEOUT", "PT17S"
  };
  private static final String SENTENCE =
      response("<Say language=\"en-AU\">So sorry.</Say><Hangup/>");

  private final Ladder whole = ladder(EVERYTHING);

  @ParameterizedTest
  @CsvSource({
    "0, application, FALLBACK",
    "1, workflow, FALLBACK",
    "2, number, FALLBACK",
    "3, elsewhere, LEFT",
    "4, sentence, OVER"
  })
  void goesDownInOrder(int over, String next, PhoneCall.Stage stage) {
    assertThat(whole.nameAfter(over)).isEqualTo(next);
    assertThat(whole.stageAfter(over)).isEqualTo(stage);
  }

  @Test
  void dialsTheApplicationWithTheReason() {
    assertThat(after(0))
        .isEqualTo(
            response(
                "<Dial action=\"dial_ended?rung=1\" timeout=\"17\"><Application"
                    + " copyParentTo=\"true\"><ApplicationSid>AP"
                    + HEX
                    + "</ApplicationSid><Parameter name=\"original_call_sid\" value=\""
                    + Webhooks.SID
                    + "\"/><Parameter name=\"caller\" value=\"+61400000001\"/>"
                    + "<Parameter name=\"reason\" value=\"why\"/>"
                    + "<Parameter name=\"rung\" value=\"1\"/></Application>"
                    + "</Dial>"));
  }

  @Test
  void enqueuesWithTheReason() {
    assertThat(after(1))
        .isEqualTo(
            response(
                "<Enqueue action=\"dial_ended?rung=2\" workflowSid=\"WW"
                    + HEX
                    + "\"><Task>{\"original_call_sid\":\""
                    + Webhooks.SID
                    + "\",\"caller\":\"+61400000001\",\"reason\":\"why\"}</Task></Enqueue>"));
  }

  /** Of a call that a flow sent back, the flow's leg is what comes to the bridge. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void namesTheCallersOwnLeg(int over) {
    String own = "CA" + "7".repeat(32);
    VoiceWebhook webhook = Webhooks.of(null, "CallSid=" + Webhooks.SID + "&ParentCallSid=" + own);
    assertThat(whole.after(over, webhook, "why")).contains(own).doesNotContain(Webhooks.SID);
  }

  @Test
  void namesNoLegThatTwilioDoesNotName() {
    assertThat(whole.after(1, Webhooks.of(null, ""), "why"))
        .contains("<Task>{\"reason\":\"why\"}</Task>");
    assertThat(whole.after(0, Webhooks.of(null, "From=anonymous"), "why"))
        .contains("</ApplicationSid><Parameter name=\"reason\"");
  }

  @Test
  void tellsTheApplicationWhoWasCalled() {
    String placed = "From=" + Webhooks.DIALLED + "&To=" + Webhooks.CALLER;
    assertThat(whole.after(0, Webhooks.of(null, placed + "&Direction=outbound-api"), "why"))
        .contains("<Parameter name=\"caller\" value=\"+61400000001\"/>");
  }

  /** Its own number would be all that Flex shows. */
  @Test
  void tellsTheQueueWhoWasCalled() {
    String placed = "From=" + Webhooks.DIALLED + "&To=" + Webhooks.CALLER;
    assertThat(whole.after(1, Webhooks.of(null, placed + "&Direction=outbound-api"), "why"))
        .contains("\"caller\":\"+61400000001\"");
  }

  /** A flow stands on a leg that does not look like an outbound call's. */
  @Test
  void keepsTellingWhoWasCalledBelowAFlow() {
    String sent =
        "CallSid=" + Webhooks.SID + "&From=" + Webhooks.DIALLED + "&To=" + Webhooks.CALLER;
    String twiml = whole.after(0, Webhooks.of("caller=" + Webhooks.CALLER, sent), "why");
    assertThat(twiml)
        .contains("action=\"dial_ended?rung=1&amp;caller=%2B61400000001\"")
        .contains("<Parameter name=\"caller\" value=\"+61400000001\"/>");
  }

  /** Without a limit Twilio plays its own music, and the markup is as it ever was. */
  @Test
  void hasTwilioAskHowLongACallerIsToWait() {
    assertThat(
            ladder("FALLBACK_WORKFLOW_SID", "WW" + HEX, "QUEUE_LIMIT", "PT5M")
                .after(0, Webhooks.inbound(), "why"))
        .containsPattern(
            "<Enqueue action=\"dial_ended\\?rung=1\" waitUrl=\"hold\\?since=[0-9]{10}\""
                + " workflowSid");
  }

  @Test
  void dialsTheNumber() {
    assertThat(after(2))
        .isEqualTo(
            response(
                "<Dial action=\"dial_ended?rung=3\" timeout=\"17\"><Number>+61255500009</Number>"
                    + "</Dial>"));
  }

  @Test
  void redirectsElsewhere() {
    assertThat(after(3))
        .isEqualTo(
            response("<Redirect method=\"POST\">https://h.example/twiml?a=1&amp;b=2</Redirect>"));
  }

  @Test
  void speaksLast() {
    assertThat(after(4)).isEqualTo(SENTENCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 99, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void speaksBeyondTheLadder(int over) {
    assertThat(after(over)).isEqualTo(SENTENCE);
    assertThat(whole.nameAfter(over)).isEqualTo("sentence");
    assertThat(whole.stageAfter(over)).isEqualTo(PhoneCall.Stage.OVER);
  }

  @Test
  void leavesOutWhatIsNotConfigured() {
    Ladder ladder = ladder("FALLBACK_NUMBER", "+61255500009");
    assertThat(ladder.nameAfter(0)).isEqualTo("number");
    assertThat(ladder.after(0, Webhooks.inbound(), "why")).contains("dial_ended?rung=1");
    assertThat(ladder.nameAfter(1)).isEqualTo("sentence");
  }

  @Test
  void speaksWithoutAnySetting() {
    assertThat(ladder().after(0, Webhooks.inbound(), "why"))
        .contains("<Say language=\"en-US\">We are sorry")
        .endsWith("</Say><Hangup/></Response>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anonymous",
        "client%3Aalice",
        "sip%3Aalice%40pbx.example",
        "",
        "0255",
        "%2B266696687"
      })
  void showsTheDialledNumberForACallerWithoutOne(String from) {
    assertThat(number("From=" + from + "&To=" + Webhooks.DIALLED))
        .contains("<Dial action=\"dial_ended?rung=1\" callerId=\"+61255500000\" ");
  }

  @Test
  void showsTheCallersOwnNumber() {
    assertThat(number("From=" + Webhooks.CALLER + "&To=" + Webhooks.DIALLED))
        .doesNotContain("callerId");
  }

  /** Twilio dials nobody for a client or a SIP telephone without a number to show (13214). */
  @ParameterizedTest
  @CsvSource({
    "sip:bridge@sip.example, '', '', ''",
    "AP0123456789abcdef0123456789abcdef, '', '', ''",
    "sip:bridge@sip.example, '', Pizza, ''",
    "sip:+61255500003@sip.example, '', '', +61255500003",
    "sip:%2B61255500003@x:5061;transport=tcp, '', Pizza, +61255500003",
    "sip:bridge@sip.example, '', +61255500004, +61255500004",
    "sip:bridge@sip.example, '+61255500008=a,+61255500001=b', +61255500004, +61255500008",
    "sip:+61255500003@sip.example, +61255500008=a, '', +61255500008",
    "sip:+61255500003@sip.example, '+61255500008=a,+61255500003=b', '', +61255500003",
    "+61255500000, +61255500008=a, +61255500004, +61255500000",
  })
  void showsACompanysNumberForACallerWithoutOne(
      String to, String agents, String sms, String shown) {
    String form = "From=client%3Aalice&To=" + URLEncoder.encode(to, UTF_8);
    String dial = number(form, "RETELL_AGENTS", agents, "SMS_FROM_NUMBER", sms);
    assertThat(dial)
        .contains(
            "<Dial action=\"dial_ended?rung=1\""
                + (shown.isEmpty() ? "" : " callerId=\"" + shown + "\"")
                + " timeout=");
  }

  private static String number(String form, String... settings) {
    VoiceWebhook webhook = Webhooks.of(null, form);
    String[] all =
        Stream.concat(Stream.of("FALLBACK_NUMBER", "+61255500009"), Stream.of(settings))
            .toArray(String[]::new);
    return ladder(all).after(0, webhook, "why");
  }

  private String after(int over) {
    return whole.after(over, Webhooks.inbound(), "why");
  }

  static Ladder ladder(String... settings) {
    return new Ladder(TestSettings.of(settings));
  }

  private static String response(String verbs) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>" + verbs + "</Response>";
  }
}
