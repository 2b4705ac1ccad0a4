package org.retellbridge.foundation.telephony;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How settings and webhooks name a voice agent: {@code agent_a}, or {@code agent_a@prod}.
 *
 * @param id the vendor's {@code agent_id}
 * @param version a version number, an environment tag, or {@code latest} for the newest, which may
 *     be a draft; empty when none is named
 */
public record AgentName(String id, Optional<String> version) {
  private static final String NEWEST = "latest";
  private static final Pattern VERSION = Pattern.compile("[a-z0-9_-]{1,20}");
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]{1,128})(?:@(" + VERSION + "))?");

  public AgentName {
    String text = written(id, version);
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an agent's id and version");
    }
  }

  /** Reads {@code agent_a} or {@code agent_a@prod}; empty for anything else. */
  public static Optional<AgentName> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new AgentName(matcher.group(1), Optional.ofNullable(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether this may stand after the {@code @}. */
  public static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /** Whether a draft that nobody has published may be what this version names. */
  public static boolean isNewest(String version) {
    return NEWEST.equals(version);
  }

  /** The same agent, in this version when it names none itself. */
  public AgentName inVersion(String usual) {
    return version.isPresent() ? this : new AgentName(id, Optional.of(usual));
  }

  /** Whether it is named in its newest version, so that a draft may serve its calls. */
  public boolean newest() {
    return version.filter(AgentName::isNewest).isPresent();
  }

  @Override
  public String toString() {
    return written(id, version);
  }

  private static String written(String id, Optional<String> version) {
    return version.map(text -> id + "@" + text).orElse(id);
  }
}
