package org.retellbridge.partner.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class TwimlTest {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final Duration TIMEOUT = Duration.ofSeconds(25);
  private static final PhoneNumber NUMBER = new PhoneNumber("+61255500000");

  @Test
  void dialsASipUri() {
    assertThat(
            Twiml.response(
                it ->
                    it.dialSip(
                        "dial_ended?rung=0", TIMEOUT, "sip:call_1@sip.example;transport=tcp")))
        .isEqualTo(
            HEAD
                + "<Response><Dial action=\"dial_ended?rung=0\" answerOnBridge=\"true\""
                + " timeout=\"25\"><Sip>sip:call_1@sip.example;transport=tcp</Sip></Dial>"
                + "</Response>");
  }

  @Test
  void dialsANumber() {
    assertThat(Twiml.response(it -> it.dialNumber("a", TIMEOUT, null, NUMBER)))
        .isEqualTo(
            HEAD
                + "<Response><Dial action=\"a\" timeout=\"25\"><Number>+61255500000</Number></Dial>"
                + "</Response>");
  }

  @Test
  void dialsANumberUnderAnother() {
    PhoneNumber shown = new PhoneNumber("+61255500009");
    assertThat(Twiml.response(it -> it.dialNumber("a", TIMEOUT, shown, NUMBER)))
        .contains("<Dial action=\"a\" callerId=\"+61255500009\" timeout=\"25\">");
  }

  @Test
  void dialsAnApplicationWithParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("reason", "a \"b\" & c");
    parameters.put("other", "2");
    assertThat(Twiml.response(it -> it.dialApplication("a", TIMEOUT, "AP1", parameters)))
        .isEqualTo(
            HEAD
                + "<Response><Dial action=\"a\" timeout=\"25\"><Application copyParentTo=\"true\">"
                + "<ApplicationSid>AP1</ApplicationSid>"
                + "<Parameter name=\"reason\" value=\"a &quot;b&quot; &amp; c\"/>"
                + "<Parameter name=\"other\" value=\"2\"/>"
                + "</Application></Dial></Response>");
  }

  @Test
  void enqueuesATask() {
    assertThat(Twiml.response(it -> it.enqueue("a", Optional.empty(), "WW1", "{\"reason\":\"x\"}")))
        .isEqualTo(
            HEAD
                + "<Response><Enqueue action=\"a\" workflowSid=\"WW1\">"
                + "<Task>{\"reason\":\"x\"}</Task></Enqueue></Response>");
  }

  @Test
  void playsWhileACallerWaits() {
    assertThat(Twiml.response(it -> it.enqueue("a", Optional.of("h?b=1&c=2"), "WW1", "{}")))
        .contains("<Enqueue action=\"a\" waitUrl=\"h?b=1&amp;c=2\" workflowSid=\"WW1\">");
    assertThat(
            Twiml.response(
                it -> {
                  it.play(URI.create("https://m.example/a.mp3?b=1&c=2"));
                  it.pause(Duration.ofSeconds(2));
                  it.leave();
                }))
        .isEqualTo(
            HEAD
                + "<Response><Play>https://m.example/a.mp3?b=1&amp;c=2</Play>"
                + "<Pause length=\"2\"/><Leave/></Response>");
  }

  @Test
  void redirects() {
    assertThat(Twiml.response(it -> it.redirect(URI.create("https://a.example/x?a=1&b=2"))))
        .isEqualTo(
            HEAD
                + "<Response><Redirect method=\"POST\">https://a.example/x?a=1&amp;b=2</Redirect>"
                + "</Response>");
  }

  @Test
  void speaksAndHangsUp() {
    assertThat(
            Twiml.response(
                it -> {
                  it.say(Locale.forLanguageTag("en-AU"), "So sorry.");
                  it.hangup();
                }))
        .isEqualTo(HEAD + "<Response><Say language=\"en-AU\">So sorry.</Say><Hangup/></Response>");
  }

  @Property(tries = 400)
  @Domain(WildTexts.class)
  void speaksAnyText(@ForAll String text) throws Exception {
    Element say = only(Twiml.response(it -> it.say(Locale.ENGLISH, text)));
    assertThat(say.getTextContent()).isEqualTo(withXmlsLineEnds(WildTexts.cleaned(text)));
  }

  @Property(tries = 400)
  @Domain(WildTexts.class)
  void carriesAnyTextInAParameter(@ForAll String text) throws Exception {
    Element dial =
        only(
            Twiml.response(it -> it.dialApplication("a", TIMEOUT, "AP1", Map.of("summary", text))));
    Element parameter = (Element) dial.getElementsByTagName("Parameter").item(0);
    assertThat(parameter.getAttribute("value"))
        .isEqualTo(WildTexts.cleaned(text).replaceAll("[\\r\\n\\t]", " "));
  }

  @Property(tries = 300)
  @Domain(WildTexts.class)
  void carriesAnyTextAsAnAction(@ForAll String text) throws Exception {
    Element dial = only(Twiml.response(it -> it.dialSip(text, TIMEOUT, text)));
    assertThat(dial.getAttribute("action"))
        .isEqualTo(WildTexts.cleaned(text).replaceAll("[\\r\\n\\t]", " "));
    assertThat(dial.getTextContent()).isEqualTo(withXmlsLineEnds(WildTexts.cleaned(text)));
    assertThat(dial.getAttribute("answerOnBridge")).isEqualTo("true");
  }

  @Property(tries = 300)
  @Domain(WildTexts.class)
  void carriesAnyTextInATask(@ForAll String text) throws Exception {
    Element enqueue = only(Twiml.response(it -> it.enqueue(text, Optional.of(text), text, text)));
    assertThat(enqueue.getTextContent()).isEqualTo(withXmlsLineEnds(WildTexts.cleaned(text)));
  }

  /** Every parser of XML makes one line feed of each line end. */
  private static String withXmlsLineEnds(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static Element only(String twiml) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
    Document document = parser.parse(new InputSource(new StringReader(twiml)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("Response");
    assertThat(document.getDocumentElement().getChildNodes().getLength()).isEqualTo(1);
    return (Element) document.getDocumentElement().getFirstChild();
  }
}
