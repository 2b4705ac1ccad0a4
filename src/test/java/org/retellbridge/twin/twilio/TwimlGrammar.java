package org.retellbridge.twin.twilio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The verbs, nouns and attributes that the bridge may use, as documented. Twilio warns of others
 * (12200) and goes on without them; so does the twin.
 */
final class TwimlGrammar {

  private static final int SCHEMA_WARNING = 12200;
  private static final String CALLBACK =
      " statusCallback statusCallbackMethod statusCallbackEvent url method";
  private static final String DETECTION =
      " machineDetection machineDetectionTimeout machineDetectionSpeechThreshold"
          + " machineDetectionSpeechEndThreshold machineDetectionSilenceTimeout"
          + " amdStatusCallback amdStatusCallbackMethod";
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry(
              "Dial",
              words(
                  "action method timeout timeLimit answerOnBridge callerId hangupOnStar record"
                      + " recordingStatusCallback recordingStatusCallbackMethod"
                      + " recordingStatusCallbackEvent recordingTrack recordingConfigurationId"
                      + " referUrl referMethod ringTone trim sequential events passports"
                      + " callReason")),
          Map.entry("Sip", words("username password" + CALLBACK + DETECTION)),
          Map.entry("Application", words("copyParentTo customerId" + CALLBACK)),
          Map.entry("ApplicationSid", Set.of()),
          Map.entry("Parameter", words("name value")),
          Map.entry("Number", words("sendDigits byoc" + CALLBACK + DETECTION)),
          Map.entry("Client", words(CALLBACK)),
          Map.entry("Identity", Set.of()),
          Map.entry(
              "Enqueue", words("action method waitUrl waitUrlMethod workflowSid maxQueueSize")),
          Map.entry("Task", words("priority timeout")),
          Map.entry("Say", words("voice language loop")),
          Map.entry("Play", words("loop digits")),
          Map.entry("Pause", words("length")),
          Map.entry("Redirect", words("method")),
          Map.entry("Reject", words("reason")),
          Map.entry("Leave", Set.of()),
          Map.entry("Hangup", Set.of()));
  private static final Map<String, Set<String>> CHILDREN =
      Map.of(
          "Dial", words("Sip Application Number Client"),
          "Application", words("ApplicationSid Parameter"),
          "Client", words("Identity Parameter"),
          "Enqueue", words("Task"),
          "Hangup", words("Parameter"));
  private static final Set<String> VERBS =
      words("Dial Enqueue Say Play Pause Redirect Leave Reject Hangup");
  private static final Set<String> BOOLEANS =
      words("answerOnBridge hangupOnStar copyParentTo sequential");
  private static final Set<String> METHODS =
      words("method waitUrlMethod statusCallbackMethod referMethod recordingStatusCallbackMethod");

  private TwimlGrammar() {}

  static boolean knows(Tag verb) {
    return VERBS.contains(verb.name());
  }

  static List<Problem> problems(List<Tag> verbs) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < verbs.size(); i++) {
      Tag verb = verbs.get(i);
      if (!knows(verb)) {
        found.add("<" + verb.name() + "> is no verb that the twin knows");
        continue;
      }
      check(verb, found);
      if (verb.is("Dial") && verb.has("action") && i + 1 < verbs.size()) {
        found.add("verbs after <Dial action> are never reached");
      }
    }
    return found.stream().map(text -> new Problem(SCHEMA_WARNING, text)).toList();
  }

  private static void check(Tag tag, List<String> found) {
    Set<String> allowed = ATTRIBUTES.getOrDefault(tag.name(), Set.of());
    tag.attributes()
        .forEach(
            (name, value) -> {
              if (!allowed.contains(name) || !valid(name, value)) {
                found.add("<" + tag.name() + " " + name + "=\"" + value + "\"> is not allowed");
              }
            });
    Set<String> nouns = CHILDREN.getOrDefault(tag.name(), Set.of());
    for (Tag child : tag.children()) {
      if (nouns.contains(child.name())) {
        check(child, found);
      } else if (!tag.is("Say")) {
        found.add("<" + child.name() + "> is not allowed in <" + tag.name() + ">");
      }
    }
  }

  private static boolean valid(String attribute, String value) {
    if (BOOLEANS.contains(attribute)) {
      return value.equals("true") || value.equals("false");
    }
    if (METHODS.contains(attribute)) {
      return value.equals("GET") || value.equals("POST");
    }
    if (attribute.equals("timeout") || attribute.equals("timeLimit")) {
      return value.matches("\\d{1,7}") && Integer.parseInt(value) >= 5;
    }
    return true;
  }

  private static Set<String> words(String text) {
    return Set.of(text.trim().split(" +"));
  }
}
