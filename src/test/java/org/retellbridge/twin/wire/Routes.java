package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a request to the handler of its method and path template such as {@code /get-agent/{}}. */
public final class Routes {

  /** A handler that also gets what stood in the template's places, percent-decoded. */
  @FunctionalInterface
  public interface Target {
    Reply handle(Request request, List<String> places);
  }

  private record Route(String method, Pattern path, Target target) {}

  private final List<Route> routes = new ArrayList<>();

  public Routes add(String method, String template, Target target) {
    String regex = Pattern.quote(template).replace("{}", "\\E([^/]+?)\\Q");
    routes.add(new Route(method, Pattern.compile(regex), target));
    return this;
  }

  /** The target's reply, 405 for a known path under another method, else {@code unknown}. */
  public Reply handle(Request request, Reply unknown) {
    boolean knownPath = false;
    for (Route route : routes) {
      Matcher path = route.path().matcher(request.rawPath());
      if (!path.matches()) {
        continue;
      }
      if (route.method().equals(request.method())) {
        return route.target().handle(request, places(path));
      }
      knownPath = true;
    }
    return knownPath ? new Reply(405, unknown.headers(), unknown.body()) : unknown;
  }

  private static List<String> places(Matcher path) {
    List<String> places = new ArrayList<>();
    for (int i = 1; i <= path.groupCount(); i++) {
      places.add(URLDecoder.decode(path.group(i).replace("+", "%2B"), UTF_8));
    }
    return places;
  }
}
