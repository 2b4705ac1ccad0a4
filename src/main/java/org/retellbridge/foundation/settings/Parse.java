package org.retellbridge.foundation.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.PhoneNumber;

/** Turns texts into values; each method throws {@link IllegalArgumentException} for a wrong one. */
final class Parse {
  /** What SMS may come from besides a number. */
  private static final Pattern CODE_OR_NAME =
      Pattern.compile("[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,60}");
  private static final int MOST_NAMES = 20;

  private static final Pattern TOOL_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final Pattern SECRET = Pattern.compile("[^\\s\"']+");
  private static final Pattern QUOTED = Pattern.compile("([\"'])((?:(?!\\1).)*)\\1");

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private Parse() {}

  static String matching(Pattern pattern, String text) {
    require(pattern.matcher(text).matches());
    return text;
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  static int whole(String text, int least, int most) {
    int number = Integer.parseInt(text);
    require(number >= least && number <= most);
    return number;
  }

  static Duration duration(String text, Duration least, Duration most) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException(e);
    }
    require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
    return duration;
  }

  static List<String> list(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    require(!parts.isEmpty());
    return List.copyOf(parts);
  }

  /** Keys and tokens, each in quotes or not; none of them holds a blank or a quote. */
  static List<String> secrets(String text) {
    List<String> secrets = list(text).stream().map(Parse::unquoted).toList();
    secrets.forEach(secret -> matching(SECRET, secret));
    return secrets;
  }

  /** Without one pair of the same quotes around it. */
  static String unquoted(String text) {
    Matcher quoted = QUOTED.matcher(text);
    return quoted.matches() ? quoted.group(2).strip() : text;
  }

  static List<String> toolNames(String text) {
    List<String> names = list(text);
    names.forEach(name -> matching(TOOL_NAME, name));
    return names;
  }

  static List<String> names(String text) {
    List<String> names = list(text);
    require(names.size() <= MOST_NAMES);
    names.forEach(name -> matching(NAME, name));
    return names;
  }

  static PhoneNumber phoneNumber(String text) {
    return new PhoneNumber(text);
  }

  static String smsSender(String text) {
    require(PhoneNumber.parse(text).isPresent() || CODE_OR_NAME.matcher(text).matches());
    return text;
  }

  static AgentName agent(String text) {
    return AgentName.parse(text).orElseThrow(IllegalArgumentException::new);
  }

  static String agentVersion(String text) {
    require(AgentName.isVersion(text));
    return text;
  }

  static Map<PhoneNumber, AgentName> numbersToAgents(String text) {
    Map<PhoneNumber, AgentName> map = new LinkedHashMap<>();
    for (String part : list(text)) {
      String[] pair = part.split("=", 2);
      require(pair.length == 2);
      require(map.put(phoneNumber(pair[0].strip()), agent(pair[1])) == null);
    }
    return Collections.unmodifiableMap(map);
  }

  static URI api(String text) {
    URI uri = receiver(text);
    require(uri.getRawQuery() == null);
    return withoutTrailingSlash(uri);
  }

  static URI receiver(String text) {
    URI uri = webUrl(text);
    require(uri.getRawUserInfo() == null);
    require("https".equalsIgnoreCase(uri.getScheme()) || LOOPBACK.contains(uri.getHost()));
    return uri;
  }

  static URI publicUrl(String text) {
    URI uri = webUrl(text);
    require(uri.getRawQuery() == null && uri.getRawUserInfo() == null);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return withoutTrailingSlash(URI.create(scheme + "://" + host + port + uri.getRawPath()));
  }

  static URI webUrl(String text) {
    URI uri = URI.create(text);
    require("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
    require(uri.getHost() != null && uri.getRawFragment() == null);
    return uri;
  }

  private static URI withoutTrailingSlash(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : uri;
  }

  private static void require(boolean right) {
    if (!right) {
      throw new IllegalArgumentException();
    }
  }
}
