package org.retellbridge.twin.twilio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** An element of a TwiML document: a verb, a noun or a parameter. */
public record Tag(String name, Map<String, String> attributes, String text, List<Tag> children) {

  static Tag of(Element element) {
    Map<String, String> attributes = new LinkedHashMap<>();
    NamedNodeMap map = element.getAttributes();
    for (int i = 0; i < map.getLength(); i++) {
      attributes.put(map.item(i).getNodeName(), map.item(i).getNodeValue());
    }
    List<Tag> children = new java.util.ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(of(child));
      }
    }
    return new Tag(element.getTagName(), attributes, element.getTextContent().trim(), children);
  }

  public boolean is(String tagName) {
    return name.equals(tagName);
  }

  public String attribute(String attribute, String otherwise) {
    return attributes.getOrDefault(attribute, otherwise);
  }

  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  public Optional<Tag> child(String tagName) {
    return children.stream().filter(child -> child.is(tagName)).findFirst();
  }

  public List<Tag> children(String tagName) {
    return children.stream().filter(child -> child.is(tagName)).toList();
  }
}
