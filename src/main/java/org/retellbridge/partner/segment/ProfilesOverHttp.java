package org.retellbridge.partner.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.http.Question;
import org.retellbridge.foundation.http.Reply;

/** The Profile API on the transport of the hot path; a caller hears silence while it is asked. */
final class ProfilesOverHttp implements ProfileApi {
  private static final int NO_SUCCESS = 300;

  private final NonBlockingHttp http;
  private final URI server;
  private final String prefix;
  private final Duration attempt;

  /**
   * @param attempt how long one question may take
   */
  ProfilesOverHttp(NonBlockingHttp http, URI base, Duration attempt) {
    this.http = http;
    this.server = base;
    this.prefix = base.getRawPath().replaceFirst("/+$", "");
    this.attempt = attempt;
  }

  @Override
  public CompletionStage<String> traits(
      String authorization,
      String space,
      String id,
      int limit,
      Optional<String> include,
      Optional<String> next) {
    return ask(
        authorization,
        path(space, id, "traits")
            + "?limit="
            + limit
            + parameter("include", include)
            + parameter("next", next));
  }

  @Override
  public CompletionStage<String> events(String authorization, String space, String id, int limit) {
    return ask(authorization, path(space, id, "events") + "?limit=" + limit);
  }

  private CompletionStage<String> ask(String authorization, String path) {
    Map<String, String> headers =
        Map.of(
            "Authorization",
            authorization,
            "Accept",
            "application/json",
            "User-Agent",
            Library.NAME);
    return http.ask(Question.get(server, prefix + path, headers), attempt)
        .thenApply(ProfilesOverHttp::body);
  }

  private static String body(Reply reply) {
    if (reply.status() >= NO_SUCCESS) {
      throw SegmentRefusals.of(reply);
    }
    return reply.body();
  }

  /** The first colon of an identifier parts type and value; it stays, as the original sent it. */
  private static String path(String space, String id, String what) {
    int value = id.indexOf(':') + 1;
    return "/spaces/"
        + encoded(space)
        + "/collections/users/profiles/"
        + id.substring(0, value)
        + encoded(id.substring(value))
        + "/"
        + what;
  }

  private static String parameter(String name, Optional<String> value) {
    return value.map(text -> "&" + name + "=" + encoded(text)).orElse("");
  }

  /** {@code +} must go out as {@code %2B}, else Segment answers 500; a blank is no {@code +}. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
