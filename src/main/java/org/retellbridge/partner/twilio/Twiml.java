package org.retellbridge.partner.twilio;

import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.retellbridge.foundation.telephony.PhoneNumber;

/**
 * Writes TwiML. {@link XMLStreamWriter} escapes; characters that XML does not know are left out
 * before. The SDK's own builder looks its XML factories up on every call, which cost the hot path
 * three quarters of its speed.
 */
public final class Twiml {
  /**
   * The JDK's own factory, whatever the server or the WAR put in front; creating writers is safe.
   */
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final StringWriter text = new StringWriter(512);
  private final XMLStreamWriter xml;

  private Twiml() throws XMLStreamException {
    xml = FACTORY.createXMLStreamWriter(text);
  }

  /** Something that writes verbs into a response. */
  @FunctionalInterface
  public interface Verbs {
    void write(Twiml twiml) throws XMLStreamException;
  }

  /** A whole {@code <Response>} with the given verbs. */
  public static String response(Verbs verbs) {
    try {
      Twiml twiml = new Twiml();
      twiml.text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
      twiml.xml.writeStartElement("Response");
      verbs.write(twiml);
      twiml.xml.writeEndElement();
      twiml.xml.flush();
      return twiml.text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing into memory failed", e);
    }
  }

  /** Dials a SIP URI; the caller hears ringing until it answers. */
  public void dialSip(String action, Duration timeout, String uri) throws XMLStreamException {
    dial(Map.of("answerOnBridge", "true"), action, timeout, twiml -> twiml.element("Sip", uri));
  }

  /**
   * Dials a telephone number.
   *
   * @param callerId the number to show instead of the caller's, or {@code null} to show the
   *     caller's
   */
  public void dialNumber(String action, Duration timeout, PhoneNumber callerId, PhoneNumber number)
      throws XMLStreamException {
    Map<String, String> attributes =
        callerId == null ? Map.of() : Map.of("callerId", callerId.value());
    dial(attributes, action, timeout, twiml -> twiml.element("Number", number.value()));
  }

  /**
   * Hands the call to a TwiML App, with parameters that arrive there as {@code Param_<name>}, and
   * with the dialled number as {@code To}: without that it would be the App's SID, and a call that
   * comes back from there would have lost its number.
   */
  public void dialApplication(
      String action, Duration timeout, String applicationSid, Map<String, String> parameters)
      throws XMLStreamException {
    dial(
        Map.of(),
        action,
        timeout,
        twiml -> {
          twiml.xml.writeStartElement("Application");
          twiml.attribute("copyParentTo", "true");
          twiml.element("ApplicationSid", applicationSid);
          for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            twiml.xml.writeEmptyElement("Parameter");
            twiml.attribute("name", parameter.getKey());
            twiml.attribute("value", parameter.getValue());
          }
          twiml.xml.writeEndElement();
        });
  }

  /**
   * Queues the call in a TaskRouter workflow.
   *
   * @param waitUrl where Twilio asks what the caller hears meanwhile; empty for its own music
   * @param task a JSON object of attributes
   */
  public void enqueue(String action, Optional<String> waitUrl, String workflowSid, String task)
      throws XMLStreamException {
    xml.writeStartElement("Enqueue");
    attribute("action", action);
    if (waitUrl.isPresent()) {
      attribute("waitUrl", waitUrl.get());
    }
    attribute("workflowSid", workflowSid);
    element("Task", task);
    xml.writeEndElement();
  }

  public void redirect(URI url) throws XMLStreamException {
    xml.writeStartElement("Redirect");
    attribute("method", "POST");
    xml.writeCharacters(XmlText.clean(url.toString()));
    xml.writeEndElement();
  }

  public void say(Locale language, String sentence) throws XMLStreamException {
    xml.writeStartElement("Say");
    attribute("language", language.toLanguageTag());
    xml.writeCharacters(XmlText.clean(sentence));
    xml.writeEndElement();
  }

  public void play(URI sound) throws XMLStreamException {
    element("Play", sound.toString());
  }

  public void pause(Duration length) throws XMLStreamException {
    xml.writeEmptyElement("Pause");
    attribute("length", Long.toString(length.toSeconds()));
  }

  /** Takes a caller who waits out of the queue. */
  public void leave() throws XMLStreamException {
    xml.writeEmptyElement("Leave");
  }

  public void hangup() throws XMLStreamException {
    xml.writeEmptyElement("Hangup");
  }

  private void dial(Map<String, String> attributes, String action, Duration timeout, Verbs noun)
      throws XMLStreamException {
    xml.writeStartElement("Dial");
    attribute("action", action);
    for (Map.Entry<String, String> entry : attributes.entrySet()) {
      attribute(entry.getKey(), entry.getValue());
    }
    attribute("timeout", Long.toString(timeout.toSeconds()));
    noun.write(this);
    xml.writeEndElement();
  }

  private void element(String name, String content) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(XmlText.clean(content));
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, XmlText.oneLine(value));
  }
}
