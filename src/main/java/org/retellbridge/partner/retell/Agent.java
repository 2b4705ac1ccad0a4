package org.retellbridge.partner.retell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Retell agent.
 *
 * @param id {@code agent_id}
 * @param version a version number, an environment tag, or {@code latest} for the newest, which may
 *     be a draft; empty when none is named
 */
public record Agent(String id, Optional<String> version) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]{1,128})(?:@([0-9]{1,9}|[a-z0-9_-]{1,20}))?");
  static final String NEWEST = "latest";

  /** Reads {@code agent_a} or {@code agent_a@prod}; empty for anything else. */
  public static Optional<Agent> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new Agent(matcher.group(1), Optional.ofNullable(matcher.group(2))))
        : Optional.empty();
  }

  /** The same agent, in this version when it names none itself. */
  public Agent inVersion(String usual) {
    return version.isPresent() ? this : new Agent(id, Optional.of(usual));
  }

  @Override
  public String toString() {
    return version.map(text -> id + "@" + text).orElse(id);
  }
}
