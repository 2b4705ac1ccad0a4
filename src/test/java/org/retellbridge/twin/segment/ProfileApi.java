package org.retellbridge.twin.segment;

import jakarta.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.retellbridge.twin.wire.Handler;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/**
 * The Profile API. It looks at the raw path: a literal {@code +} is a 500, as documented, and an
 * identifier without its type is not found (observed).
 */
final class ProfileApi implements Handler {

  private static final Pattern PATH =
      Pattern.compile("/v1/spaces/([^/]+)/collections/users/profiles/([^/]+)/([a-z_]+)");

  private final String spaceId;
  private final String token;
  private final SegmentSpace space;
  private final ProfileViews views;

  ProfileApi(String spaceId, String token, SegmentSpace space, ProfileViews views) {
    this.spaceId = spaceId;
    this.token = token;
    this.space = space;
    this.views = views;
  }

  @Override
  public Reply handle(Request request) {
    return answer(request).with("Request-Id", UUID.randomUUID().toString());
  }

  private Reply answer(Request request) {
    Matcher path = PATH.matcher(request.rawPath());
    if (!request.basicCredentials().equals(Optional.of(token + ":"))) {
      return error(401, "authentication_error", "The supplied credentials are invalid.");
    }
    if (!request.method().equals("GET") || !path.matches() || !path.group(1).equals(spaceId)) {
      return error(404, "not_found", "The resource was not found.");
    }
    if (path.group(2).contains("+")) {
      return error(500, "internal_error", "An unescaped character is in the path.");
    }
    String pair = URLDecoder.decode(path.group(2), StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    if (colon < 1) {
      return error(404, "not_found", "Profile was not found.");
    }
    Identifier identifier = new Identifier(pair.substring(0, colon), pair.substring(colon + 1));
    try {
      return look(identifier, path.group(3), request);
    } catch (IllegalArgumentException | DateTimeException invalid) {
      return error(400, "validation_error", invalid.getMessage());
    }
  }

  private Reply look(Identifier identifier, String what, Request request) {
    Optional<Function<Profile, JsonObject>> view = views.view(what, request);
    if (view.isEmpty()) {
      return error(404, "not_found", "The resource was not found.");
    }
    return space
        .ask(identifier, view.get())
        .map(json -> Reply.json(200, json))
        .orElseGet(() -> error(404, "not_found", "Profile was not found."));
  }

  static Reply error(int status, String code, String message) {
    return Reply.json(
        status,
        Json.object()
            .add("error", Json.object().add("code", code).add("message", message))
            .build());
  }
}
