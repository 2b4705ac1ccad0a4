package org.retellbridge.foundation.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.retellbridge.foundation.hours.WeeklyHours;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.PhoneNumber;

/** The forms that values take. Each parser throws {@link IllegalArgumentException}. */
final class Forms {

  private Forms() {}

  static Setting<String> text(String variable, String fallback) {
    return new Setting<>(variable, fallback, "a text", Function.identity());
  }

  static Setting<String> matching(
      String variable, String fallback, String form, String expression) {
    Pattern pattern = Pattern.compile(expression);
    return new Setting<>(variable, fallback, form, text -> Parse.matching(pattern, text));
  }

  /** A Twilio SID: two letters and 32 hexadecimal digits. */
  static Setting<String> sid(String variable, String prefix) {
    return matching(
        variable, null, prefix + " followed by 32 hexadecimal digits", prefix + "[0-9a-fA-F]{32}");
  }

  static Setting<PhoneNumber> phoneNumber(String variable) {
    return new Setting<>(
        variable,
        null,
        "a number in E.164 form, which is a plus and 6 to 15 digits",
        Parse::phoneNumber);
  }

  /** From what SMS may come (twilio.com/docs/messaging, senders). */
  static Setting<String> smsSender(String variable) {
    return new Setting<>(
        variable,
        null,
        "a number in E.164 form, a short code of 3 to 8 digits, or a sender id of at most 11"
            + " letters, digits, blanks, +, -, _ and &, one of them a letter",
        Parse::smsSender);
  }

  static Setting<Boolean> flag(String variable, boolean fallback) {
    return new Setting<>(variable, Boolean.toString(fallback), "true or false", Parse::flag);
  }

  static Setting<Integer> whole(String variable, int fallback, int least, int most) {
    return new Setting<>(
        variable,
        Integer.toString(fallback),
        "a whole number from " + least + " to " + most,
        text -> Parse.whole(text, least, most));
  }

  static Setting<Duration> duration(
      String variable, String fallback, Duration least, Duration most) {
    return new Setting<>(
        variable,
        fallback,
        "an ISO-8601 duration from " + least + " to " + most,
        text -> Parse.duration(text, least, most));
  }

  static Setting<WeeklyHours> hours(String variable, String fallback) {
    return new Setting<>(
        variable,
        fallback,
        "always, or weekly hours with a time zone, such as Mo-Fr 08:00-18:00; Sa 09:00-12:00"
            + " Australia/Sydney",
        WeeklyHours::parse);
  }

  /** Names that may become part of a variable's name. */
  static Setting<List<String>> names(String variable, String fallback) {
    return new Setting<>(
        variable,
        fallback,
        "a comma-separated list of at most 20 names of letters, digits and underscores",
        Parse::names);
  }

  static Setting<List<String>> list(String variable, String fallback) {
    return new Setting<>(variable, fallback, "a comma-separated list", Parse::list);
  }

  /** Several while one is rotated. */
  static Setting<List<String>> secrets(String variable, String what) {
    return new Setting<>(
        variable,
        null,
        what + " without blanks and quotes, or several, comma separated",
        Parse::secrets);
  }

  /** Names of tools, as Retell takes them (docs.retellai.com, custom tool). */
  static Setting<List<String>> toolNames(String variable, String fallback) {
    return new Setting<>(
        variable,
        fallback,
        "a comma-separated list of names of 1 to 64 letters, digits, _ and -",
        Parse::toolNames);
  }

  static Setting<AgentName> agent(String variable) {
    return new Setting<>(
        variable, null, "an agent id, such as agent_a or agent_a@prod", Parse::agent);
  }

  static Setting<String> agentVersion(String variable, String fallback) {
    return new Setting<>(
        variable,
        fallback,
        "a version number, an environment tag, latest or latest_published",
        Parse::agentVersion);
  }

  /** {@code +441632960000=agent_a,+441632960001=agent_b@prod}. */
  static Setting<Map<PhoneNumber, AgentName>> numbersToAgents(String variable) {
    return new Setting<>(
        variable,
        null,
        "a list of numbers in E.164 form and their agents, NUMBER=agent_a,NUMBER=agent_b@prod",
        Parse::numbersToAgents);
  }

  /** An address that may receive credentials: https, or http to this machine only. */
  static Setting<URI> api(String variable, String fallback) {
    return new Setting<>(
        variable, fallback, "an https URL, or http to 127.0.0.1, localhost or [::1]", Parse::api);
  }

  /** Somebody who is told something: any path and query. */
  static Setting<URI> receiver(String variable) {
    return new Setting<>(
        variable, null, "an https URL, or http to 127.0.0.1, localhost or [::1]", Parse::receiver);
  }

  /**
   * The bridge's own public address; its host is kept in lower case and without a slash at the end.
   */
  static Setting<URI> publicUrl(String variable) {
    return new Setting<>(
        variable,
        null,
        "an http or https URL without user, query and fragment, such as https://bridge.example.com",
        Parse::publicUrl);
  }

  /** What Twilio fetches and plays. */
  static Setting<URI> sound(String variable, String fallback) {
    return new Setting<>(variable, fallback, "an absolute http or https URL", Parse::webUrl);
  }

  /** {@link WayBack} refuses the bridge's own address, which another setting names. */
  static Setting<URI> elsewhere(String variable) {
    return new Setting<>(
        variable,
        null,
        "an absolute http or https URL that does not lead back to the bridge",
        Parse::webUrl);
  }
}
