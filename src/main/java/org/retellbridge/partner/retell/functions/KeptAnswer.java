package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.retellbridge.foundation.json.JsonText;

/**
 * An answer as the ledger keeps it for repeats: its body, and in a line before it the status unless
 * that is 200. No JSON begins so.
 */
final class KeptAnswer {
  private static final int OK = 200;
  private static final Pattern STATUS =
      Pattern.compile("HTTP ([1-5][0-9]{2})\n(.*)", Pattern.DOTALL);

  private KeptAnswer() {}

  static String of(Answer answer) {
    String body = AnswerText.of(answer.body());
    return answer.status() == OK ? body : "HTTP " + answer.status() + "\n" + body;
  }

  static Answer read(String kept) {
    Matcher matcher = STATUS.matcher(kept);
    return matcher.matches()
        ? repeated(Integer.parseInt(matcher.group(1)), matcher.group(2))
        : repeated(OK, kept);
  }

  private static Answer repeated(int status, String body) {
    return new Answer(
        status, Answer.Outcome.REPEATED, JsonText.parse(body).orElseGet(KeptAnswer::unreadable));
  }

  private static JsonValue unreadable() {
    return Answer.failed("This was asked for before. What was answered is not known any more.")
        .body();
  }
}
