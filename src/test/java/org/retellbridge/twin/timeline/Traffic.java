package org.retellbridge.twin.timeline;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** Puts HTTP requests and answers on a timeline, with bodies in a readable form. */
public final class Traffic implements Observer {

  private static final String BRIDGE = "Bridge";

  private final Timeline timeline;
  private final String vendor;

  public Traffic(Timeline timeline, String vendor) {
    this.timeline = timeline;
    this.vendor = vendor;
  }

  @Override
  public void came(Request request) {
    if (timeline.recording()) {
      String type = request.header("content-type").orElse("");
      timeline.add(BRIDGE, vendor, request.toString(), readable(type, request.text()));
    }
  }

  @Override
  public void answered(Request request, Reply reply, String mishap) {
    if (!timeline.recording()) {
      return;
    }
    String title = reply.status() == 0 ? "nothing" : Integer.toString(reply.status());
    String type = reply.headers().getOrDefault("Content-Type", "");
    timeline.add(
        vendor,
        BRIDGE,
        mishap.isEmpty() ? title : title + "  [" + mishap + "]",
        readable(type, reply.text()));
  }

  /** The vendor is about to send something to the bridge. */
  public void sends(String method, String path, String contentType, String body) {
    if (timeline.recording()) {
      timeline.add(vendor, BRIDGE, method + " " + path, readable(contentType, body));
    }
  }

  /** What the bridge answered to it. */
  public void got(Exchange exchange) {
    if (timeline.recording()) {
      timeline.add(
          BRIDGE,
          vendor,
          exchange.answered() ? Integer.toString(exchange.status()) : exchange.failure(),
          readable(exchange.header("content-type").orElse(""), exchange.text()));
    }
  }

  public void note(String text, String... details) {
    timeline.add(vendor, vendor, text, details);
  }

  public Timeline timeline() {
    return timeline;
  }

  private static List<String> readable(String contentType, String body) {
    if (body.isEmpty()) {
      return List.of();
    }
    if (contentType.startsWith("application/x-www-form-urlencoded")) {
      return Fields.parse(body).list().stream()
          .filter(field -> !field.value().isEmpty())
          .map(field -> field.name() + " = " + field.value())
          .toList();
    }
    if (contentType.contains("json")) {
      return Json.parseObject(body).map(Traffic::members).orElse(List.of(body));
    }
    return List.of(body.replace("><", ">\n<").split("\n"));
  }

  private static List<String> members(jakarta.json.JsonObject object) {
    List<String> lines = new ArrayList<>();
    object.forEach((name, value) -> lines.add(name + ": " + shown(value)));
    return lines;
  }

  private static String shown(JsonValue value) {
    return value.toString();
  }
}
