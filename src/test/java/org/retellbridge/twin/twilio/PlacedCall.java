package org.retellbridge.twin.twilio;

import java.util.List;
import java.util.Optional;
import org.retellbridge.twin.wire.Exchange;

/**
 * A call and all that happened in it.
 *
 * @param status final, or of the moment while the call goes on
 * @param heard what the caller lived through, in order
 * @param documents every request for TwiML with its answer, in order
 * @param problems what Twilio's debugger would show
 * @param legs the parties that were dialled, in order
 */
public record PlacedCall(
    CallRequest request,
    String callSid,
    String status,
    List<Heard> heard,
    List<Exchange> documents,
    List<Problem> problems,
    List<Leg> legs) {

  public List<Heard.Kind> heardKinds() {
    return heard.stream().map(Heard::kind).toList();
  }

  public List<String> spoken() {
    return heard.stream()
        .filter(thing -> thing.kind() == Heard.Kind.SPOKEN)
        .map(Heard::detail)
        .toList();
  }

  public boolean reachedAgent() {
    return heardKinds().contains(Heard.Kind.AGENT);
  }

  /** Whether the caller was left alone: the line went dead or Twilio had to apologise. */
  public boolean deadLine() {
    return heardKinds().contains(Heard.Kind.DEAD_LINE)
        || heardKinds().contains(Heard.Kind.APPLICATION_ERROR);
  }

  /** The answer to the first voice webhook. */
  public Exchange firstDocument() {
    return documents.get(0);
  }

  public Optional<Exchange> lastDocument() {
    return documents.isEmpty()
        ? Optional.empty()
        : Optional.of(documents.get(documents.size() - 1));
  }

  public boolean hasProblem(int code) {
    return problems.stream().anyMatch(problem -> problem.code() == code);
  }
}
