package org.retellbridge.twin.retell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An agent of the workspace.
 *
 * @param version the latest version, which may be a draft
 * @param published the latest published version, -1 where there is none
 * @param tags environment tags and the versions they point to
 * @param greeting what it says first; may hold {@code {{variables}}}
 * @param webhookUrl of this agent, empty for the account's
 */
public record RetellAgent(
    String agentId,
    String name,
    int version,
    int published,
    Map<String, Integer> tags,
    String greeting,
    String webhookUrl) {

  public static RetellAgent named(String agentId, String name) {
    return new RetellAgent(
        agentId, name, 7, 6, Map.of("prod", 6), "Hello, this is " + name + ".", "");
  }

  public RetellAgent greeting(String text) {
    return new RetellAgent(agentId, name, version, published, tags, text, webhookUrl);
  }

  public RetellAgent webhookUrl(String url) {
    return new RetellAgent(agentId, name, version, published, tags, greeting, url);
  }

  public RetellAgent tag(String tag, int taggedVersion) {
    Map<String, Integer> more = new LinkedHashMap<>(tags);
    more.put(tag, taggedVersion);
    return new RetellAgent(agentId, name, version, published, more, greeting, webhookUrl);
  }

  /**
   * The version that was asked for, as a number, an empty text for the latest, or a tag. That
   * {@code latest_published} works on register-phone-call is likely, not documented.
   */
  Optional<Integer> version(String asked) {
    if (asked.isEmpty() || asked.equals("latest")) {
      return Optional.of(version);
    }
    if (asked.equals("latest_published")) {
      return Optional.of(published).filter(number -> number >= 0);
    }
    if (asked.chars().allMatch(Character::isDigit)) {
      return Optional.of(Integer.valueOf(asked)).filter(number -> number <= version);
    }
    return Optional.ofNullable(tags.get(asked));
  }
}
