package org.retellbridge.twin.twilio;

import java.util.List;

/**
 * What Twilio made of an answer.
 *
 * @param usable whether it can be played at all; else the first problem says why
 */
public record Twiml(boolean usable, List<Tag> verbs, List<Problem> problems) {

  static Twiml unusable(int code, String message) {
    return new Twiml(false, List.of(), List.of(new Problem(code, message)));
  }
}
