package org.retellbridge.twin.twilio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.retellbridge.twin.wire.Exchange;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads answers to voice webhooks as strictly as Twilio documents it. */
final class TwimlReader {

  static final int WEBHOOK_LIMIT = 64 * 1024;
  private static final Set<String> TYPES = Set.of("text/xml", "application/xml", "text/html");

  private TwimlReader() {}

  static Twiml read(Exchange exchange) {
    if (!exchange.answered()) {
      return Twiml.unusable(11205, "HTTP connection failure: " + exchange.failure());
    }
    if (exchange.status() != 200) {
      return Twiml.unusable(11200, "HTTP retrieval failure: status " + exchange.status());
    }
    String type = exchange.header("content-type").orElse("").split(";")[0].trim();
    if (type.isEmpty()) {
      return Twiml.unusable(12300, "Invalid Content-Type: none");
    }
    if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
      return Twiml.unusable(12300, "Invalid Content-Type: " + type);
    }
    if (exchange.body().length > WEBHOOK_LIMIT) {
      return Twiml.unusable(11750, "TwiML response body too large");
    }
    return parse(exchange.body());
  }

  static Twiml parse(byte[] xml) {
    Element root;
    try {
      root = builder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
    } catch (SAXException | IOException malformed) {
      return Twiml.unusable(12100, "Document parse failure: " + malformed.getMessage());
    }
    if (!root.getTagName().equals("Response")) {
      return Twiml.unusable(12102, "Root element is " + root.getTagName() + ", not Response");
    }
    List<Tag> verbs = Tag.of(root).children();
    return new Twiml(true, verbs, TwimlGrammar.problems(verbs));
  }

  private static DocumentBuilder builder() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Silence());
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("no XML parser here", e);
    }
  }

  /** Keeps the parser from writing to the console; fatal errors are thrown all the same. */
  private static final class Silence implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {}

    @Override
    public void error(SAXParseException e) {}

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
