package org.retellbridge.twin.segment;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.twin.wire.Handler;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/**
 * The HTTP Tracking API. Its 200 proves almost nothing: unknown write keys and invalid messages get
 * it too (observed); only broken JSON, over-size and an empty or very short key are a 400. So is
 * another type than JSON; which status that gets is inferred.
 */
final class TrackingApi implements Handler {

  private static final Set<String> TYPES =
      Set.of("identify", "track", "page", "screen", "group", "alias");
  private static final int EVENT_LIMIT = 32 * 1024;
  private static final int BATCH_LIMIT = 500 * 1024;
  private static final int BATCH_ITEMS = 2500;
  private static final int SHORT_KEY = 5;
  private static final Reply TAKEN = Reply.json(200, "{\"success\":true}");

  private final String writeKey;
  private final Inbox inbox;

  TrackingApi(String writeKey, Inbox inbox) {
    this.writeKey = writeKey;
    this.inbox = inbox;
  }

  @Override
  public Reply handle(Request request) {
    String type = request.rawPath().replaceFirst("^/v1/", "").replaceFirst("/$", "");
    boolean batch = type.equals("batch") || type.equals("import");
    if (!request.method().equals("POST") || !(batch || TYPES.contains(type))) {
      return Reply.text(404, "text/plain", "Not found");
    }
    if (!json(request)) {
      return refused("not application/json");
    }
    Optional<JsonObject> body = Json.parseObject(request.body());
    if (body.isEmpty()) {
      return refused("malformed JSON");
    }
    if (request.body().length > (batch ? BATCH_LIMIT : EVENT_LIMIT)) {
      return refused("Exceed payload limit");
    }
    String key = key(request, body.get());
    if (key.length() < SHORT_KEY) {
      return refused("An invalid write key was provided");
    }
    boolean known = key.equals(writeKey);
    if (batch) {
      takeBatch(body.get(), known);
    } else {
      inbox.take(type, body.get(), known ? "" : "unknown write key");
    }
    return TAKEN;
  }

  /** As the documentation wants it; the real one takes {@code text/plain} as well (observed). */
  private static boolean json(Request request) {
    return request.header("Content-Type").orElse("").matches("(?i)application/json *(;.*)?");
  }

  private void takeBatch(JsonObject body, boolean known) {
    JsonValue items = body.get("batch");
    List<JsonObject> list =
        items instanceof JsonArray array ? array.getValuesAs(JsonObject.class) : List.of();
    String trouble = known ? "" : "unknown write key";
    if (list.size() > BATCH_ITEMS) {
      trouble = "batch too long";
    }
    for (JsonObject item : list) {
      String whole = item.toString();
      String why = trouble.isEmpty() && whole.length() > EVENT_LIMIT ? "over-size" : trouble;
      inbox.take(Json.text(item, "type").orElse(""), merged(body, item), why);
    }
  }

  /** Context of the batch holds for each item; the time of sending too. */
  private static JsonObject merged(JsonObject batch, JsonObject item) {
    var merged = Json.object(item);
    JsonObject common = Json.child(batch, "context");
    if (!common.isEmpty()) {
      var context = Json.object(common);
      Json.child(item, "context").forEach(context::add);
      merged.add("context", context);
    }
    if (batch.containsKey("sentAt") && !item.containsKey("sentAt")) {
      merged.add("sentAt", batch.get("sentAt"));
    }
    return merged.build();
  }

  private static String key(Request request, JsonObject body) {
    return Json.text(body, "writeKey")
        .or(() -> request.basicCredentials().map(user -> user.replaceFirst(":.*", "")))
        .orElse("");
  }

  private static Reply refused(String message) {
    return Reply.json(400, Json.object().add("success", false).add("message", message).build());
  }
}
