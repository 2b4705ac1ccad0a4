package org.retellbridge.twin.timeline;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** Puts HTTP requests and answers on a timeline, with bodies in a readable form. */
public final class Traffic implements Observer {

  private static final String BRIDGE = "Bridge";
  private static final Pattern DULL =
      Pattern.compile("AccountSid|ApiVersion|Caller|Called|(From|To|Caller|Called)Country");

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
    String status = reply.status() == 0 ? "nothing" : Integer.toString(reply.status());
    String title = status + " to " + request.rawPath();
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
          (exchange.answered() ? Integer.toString(exchange.status()) : exchange.failure())
              + " to "
              + URI.create(exchange.url()).getPath(),
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
      return form(body);
    }
    if (contentType.contains("json")) {
      return Json.parseObject(body).map(Traffic::members).orElse(List.of(body));
    }
    return markup(body);
  }

  /** Each verb on a line of its own. */
  private static List<String> markup(String document) {
    return List.of(document.replaceFirst("^<\\?xml[^>]*>", "").replace("><", ">\n<").split("\n"));
  }

  /** The fields that tell something; those that are the same in every request are only counted. */
  private static List<String> form(String body) {
    List<String> lines = new ArrayList<>();
    int others = 0;
    for (Fields.Field field : Fields.parse(body).list()) {
      if (field.value().isEmpty() || DULL.matcher(field.name()).matches()) {
        others++;
      } else {
        List<String> value =
            field.value().startsWith("<") ? markup(field.value()) : List.of(field.value());
        lines.add(field.name() + " = " + value.get(0));
        value.stream().skip(1).map(line -> "  " + line).forEach(lines::add);
      }
    }
    if (others > 0) {
      lines.add("and " + others + " more");
    }
    return lines;
  }

  private static List<String> members(JsonObject object) {
    List<String> lines = new ArrayList<>();
    object.forEach((name, value) -> lines.add(name + ": " + shown(name, value)));
    return lines;
  }

  /** Of Retell's call object, which is long, only what tells the call from others. */
  private static String shown(String name, JsonValue value) {
    if (name.equals("call") && value instanceof JsonObject call && call.containsKey("call_id")) {
      return call.getString("call_id") + ", " + call.getString("call_status", "");
    }
    return value.toString();
  }
}
