package org.retellbridge.partner.twilio.rest;

import java.util.Map;

/**
 * Twilio's error codes (twilio.com/docs/api/errors) as sentences that an agent can say to a caller.
 */
final class Refusals {
  private static final String ACCESS = "The telephone system refuses our access at the moment.";
  private static final String NO_MOBILE =
      "The caller's number is not a mobile phone, so it cannot receive text messages.";
  private static final String TOO_LONG = "The text message is too long.";

  private static final Map<Integer, String> SENTENCES =
      Map.ofEntries(
          Map.entry(401, ACCESS),
          Map.entry(403, ACCESS),
          Map.entry(20003, ACCESS),
          Map.entry(20404, "The telephone system does not know where this should go."),
          Map.entry(21211, "The caller's number cannot receive text messages."),
          Map.entry(21408, "Text messages to the caller's country are not allowed."),
          Map.entry(21602, "There is no text to send."),
          Map.entry(21604, "There is no number to send a text message to."),
          Map.entry(21606, "The number that text messages are sent from cannot send any."),
          Map.entry(21608, "Text messages can only be sent to verified numbers for now."),
          Map.entry(21610, "The caller has unsubscribed from our text messages."),
          Map.entry(21612, "The caller's number cannot be reached by text message from here."),
          Map.entry(21614, NO_MOBILE),
          Map.entry(21635, NO_MOBILE),
          Map.entry(21617, TOO_LONG),
          Map.entry(21658, TOO_LONG),
          Map.entry(32018, "There is too much to pass on with the call."));

  private Refusals() {}

  /**
   * @param otherwise what is said for a code that nobody foresaw
   */
  static String sentence(int code, String otherwise) {
    return SENTENCES.getOrDefault(code, otherwise);
  }
}
