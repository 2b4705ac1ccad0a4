package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ordered name-value pairs of a form body or a query; a name may occur several times. */
public final class Fields {

  /** One pair, decoded. */
  public record Field(String name, String value) {}

  private final List<Field> list = new ArrayList<>();

  public static Fields of(String... namesAndValues) {
    Fields fields = new Fields();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      fields.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  public static Fields of(Map<String, String> map) {
    Fields fields = new Fields();
    map.forEach(fields::add);
    return fields;
  }

  /** Parses {@code application/x-www-form-urlencoded} text. */
  public static Fields parse(String text) {
    Fields fields = new Fields();
    if (text == null || text.isEmpty()) {
      return fields;
    }
    for (String pair : text.split("&")) {
      int at = pair.indexOf('=');
      String name = at < 0 ? pair : pair.substring(0, at);
      String value = at < 0 ? "" : pair.substring(at + 1);
      fields.add(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
    }
    return fields;
  }

  public Fields add(String name, String value) {
    list.add(new Field(name, value));
    return this;
  }

  public Fields addAll(Fields others) {
    list.addAll(others.list);
    return this;
  }

  /** Puts the value in the place of any earlier one of the same name. */
  public Fields set(String name, String value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).name().equals(name)) {
        list.set(i, new Field(name, value));
        return this;
      }
    }
    return add(name, value);
  }

  /** A copy to which the others were set, replacing fields of the same name. */
  public Fields with(Fields others) {
    Fields copy = new Fields().addAll(this);
    others.list.forEach(field -> copy.set(field.name(), field.value()));
    return copy;
  }

  public Optional<String> first(String name) {
    return list.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
  }

  /** The first value of that name, or an empty text. */
  public String get(String name) {
    return first(name).orElse("");
  }

  public List<Field> list() {
    return List.copyOf(list);
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  public Map<String, List<String>> byName() {
    return list.stream()
        .collect(
            Collectors.groupingBy(
                Field::name,
                LinkedHashMap::new,
                Collectors.mapping(Field::value, Collectors.toList())));
  }

  public String encoded() {
    return list.stream()
        .map(f -> URLEncoder.encode(f.name(), UTF_8) + "=" + URLEncoder.encode(f.value(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public String toString() {
    return list.stream().map(f -> f.name() + "=" + f.value()).collect(Collectors.joining(", "));
  }
}
