package org.retellbridge.twin.twilio;

import java.util.ArrayList;
import java.util.List;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;

/** A call in Twilio's books while it goes on: its parameters, its status, what has happened. */
final class CallRecord {

  private final String sid;
  private final String accountSid;
  private final CallRequest request;
  private final List<Heard> heard = new ArrayList<>();
  private final List<Exchange> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Leg> legs = new ArrayList<>();
  private String status = "ringing";
  private boolean caredFor;
  private Throwable failure;

  CallRecord(String sid, String accountSid, CallRequest request) {
    this.sid = sid;
    this.accountSid = accountSid;
    this.request = request;
  }

  String sid() {
    return sid;
  }

  CallRequest request() {
    return request;
  }

  synchronized String status() {
    return status;
  }

  synchronized boolean live() {
    return status.equals("ringing") || status.equals("in-progress");
  }

  synchronized void pickUp() {
    status = "in-progress";
  }

  /** A call that was never picked up ends without an answer. */
  synchronized void end() {
    status = status.equals("in-progress") ? "completed" : "no-answer";
  }

  synchronized void end(String finalStatus) {
    status = finalStatus;
  }

  synchronized void hears(Heard thing) {
    heard.add(thing);
    caredFor |= thing.isAnswer();
  }

  /** Whether the caller has got something since the last leg that failed. */
  synchronized boolean caredFor() {
    return caredFor;
  }

  synchronized void leftAlone() {
    caredFor = false;
  }

  synchronized void got(Exchange document) {
    documents.add(document);
  }

  synchronized void problem(int code, String message) {
    problems.add(new Problem(code, message));
  }

  synchronized void problems(List<Problem> found) {
    problems.addAll(found);
  }

  synchronized void dialled(Leg leg) {
    legs.add(leg);
  }

  synchronized void failed(Throwable inConversation) {
    failure = inConversation;
  }

  /** Throws what the conversation failed with, if it did. */
  synchronized void throwFailure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** The parameters of every webhook of this call; the legacy ones too (section 4.1). */
  Fields fields() {
    String direction = request.extra().getOrDefault("Direction", "inbound");
    Fields fields =
        Fields.of(
            "AccountSid", accountSid,
            "ApiVersion", "2010-04-01",
            "CallSid", sid,
            "CallStatus", status(),
            "Direction", direction,
            "From", request.from(),
            "To", request.to(),
            "Caller", request.from(),
            "Called", request.to());
    for (String party : List.of("From", "To", "Caller", "Called")) {
      fields.add(party + "City", "").add(party + "State", "").add(party + "Zip", "");
      fields.add(party + "Country", request.to().startsWith("+61") ? "AU" : "US");
    }
    return fields.with(Fields.of(request.extra())).set("CallSid", sid);
  }

  synchronized PlacedCall snapshot() {
    return new PlacedCall(
        request,
        sid,
        status,
        List.copyOf(heard),
        List.copyOf(documents),
        List.copyOf(problems),
        List.copyOf(legs));
  }
}
