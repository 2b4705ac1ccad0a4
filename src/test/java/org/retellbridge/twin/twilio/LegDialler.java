package org.retellbridge.twin.twilio;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.RetellTwin;
import org.retellbridge.twin.retell.SipAnswer;
import org.retellbridge.twin.timeline.Timeline;

/** Dials one noun: a SIP address, an application, a number, a client. */
final class LegDialler {

  static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{5,14}");
  private static final Pattern SIP =
      Pattern.compile("sips?:([^@;?]+)@([^;?]+)((?:;[a-z]+=[A-Za-z0-9]+)*)(\\?.*)?");
  private static final Pattern TRANSPORT =
      Pattern.compile("(;(transport=(udp|tcp|tls)|region=\\w+|edge=\\w+))*");
  private static final int LONGEST_SIP_URI = 255;

  private final Books books;
  private final RetellTwin retell;
  private final LegScript script;
  private final Timeline timeline;
  private volatile String sipHost = "sip.retellai.com";

  LegDialler(Books books, RetellTwin retell, LegScript script, Timeline timeline) {
    this.books = books;
    this.retell = retell;
    this.script = script;
    this.timeline = timeline;
  }

  /** The host at which Retell answers; SIP legs to any other fail. */
  void sipHost(String host) {
    sipHost = host;
  }

  Leg dial(Tag noun, Tag dial, CallRecord call) {
    return switch (noun.name()) {
      case "Sip" -> sip(noun, call);
      case "Application" -> application(noun, call);
      default -> number(noun, dial, call);
    };
  }

  private Leg sip(Tag noun, CallRecord call) {
    String sid = Sids.next("CA");
    String uri = noun.text();
    timeline.add("Twilio", "Retell", "INVITE " + uri);
    SipAnswer answer = sipAnswer(uri, call);
    timeline.add("Retell", "Twilio", "SIP " + answer.code());
    LegOutcome outcome = LegOutcome.ofSipCode(answer.code());
    if (answer.agent().isEmpty()) {
      return Leg.unanswered(sid, noun, uri, outcome, answer.code());
    }
    AgentCall agent = answer.agent().get();
    String agentId = agent.call().agent().agentId();
    Party party = new Party(Party.Kind.AGENT, agentId, Optional.of(agent));
    return Leg.answered(sid, noun, uri, answer.code(), party);
  }

  private SipAnswer sipAnswer(String uri, CallRecord call) {
    Matcher parts = SIP.matcher(uri);
    if (uri.length() >= LONGEST_SIP_URI
        || !parts.matches()
        || !TRANSPORT.matcher(parts.group(3)).matches()) {
      call.problem(13252, "Dial->Sip: invalid SIP URI " + uri);
      return new SipAnswer(400, Optional.empty());
    }
    Optional<LegOutcome> scripted = script.outcome("Sip");
    if (scripted.isPresent() && scripted.get() != LegOutcome.ANSWERED) {
      return new SipAnswer(code(scripted.get()), Optional.empty());
    }
    if (!parts.group(2).equals(sipHost)) {
      call.problem(32009, "Dial->Sip: nobody answers at " + parts.group(2));
      return new SipAnswer(503, Optional.empty());
    }
    return retell.answer(parts.group(1));
  }

  private static int code(LegOutcome outcome) {
    return switch (outcome) {
      case ANSWERED -> 200;
      case BUSY -> 486;
      case NO_ANSWER -> 408;
      case CANCELED -> 487;
      case FAILED -> 503;
    };
  }

  private Leg application(Tag noun, CallRecord call) {
    String sid = Sids.next("CA");
    String app = noun.child("ApplicationSid").map(Tag::text).orElse("");
    Map<String, String> parameters = new LinkedHashMap<>();
    noun.children("Parameter")
        .forEach(p -> parameters.put(p.attribute("name", ""), p.attribute("value", "")));
    if (!books.applications.contains(app)) {
      call.problem(21218, "Invalid ApplicationSid " + app);
      return Leg.unanswered(sid, noun, app, LegOutcome.FAILED, 0);
    }
    LegOutcome outcome = script.outcome("Application").orElse(LegOutcome.ANSWERED);
    timeline.add(
        "Twilio",
        "Studio",
        "call for " + app,
        parameters.entrySet().stream()
            .map(e -> "Param_" + e.getKey() + " = " + e.getValue())
            .toList());
    if (outcome != LegOutcome.ANSWERED) {
      return Leg.unanswered(sid, noun, app, outcome, 0);
    }
    books.add(new StudioVisit(call.sid(), app, call.request().from(), parameters));
    return Leg.answered(sid, noun, app, 0, Party.of(Party.Kind.STUDIO, app));
  }

  private Leg number(Tag noun, Tag dial, CallRecord call) {
    String sid = Sids.next("CA");
    String target = noun.text();
    LegOutcome outcome = script.outcome(noun.name()).orElse(LegOutcome.ANSWERED);
    if (noun.is("Number") && !dialable(target, dial, call)) {
      outcome = LegOutcome.FAILED;
    }
    timeline.add("Twilio", "Phone", "dials " + target);
    return outcome == LegOutcome.ANSWERED
        ? Leg.answered(sid, noun, target, 0, Party.of(Party.Kind.NUMBER, target))
        : Leg.unanswered(sid, noun, target, outcome, 0);
  }

  /** The caller's own id or a number of the account must be shown (13214; the rule is inferred). */
  private boolean dialable(String target, Tag dial, CallRecord call) {
    String shown = dial.attribute("callerId", call.request().from());
    boolean ours = books.numbers.containsKey(shown) || shown.equals(call.request().to());
    if (!E164.matcher(shown).matches() || !(ours || shown.equals(call.request().from()))) {
      call.problem(13214, "Dial: invalid callerId " + shown);
      return false;
    }
    if (!E164.matcher(target).matches()) {
      call.problem(13223, "Dial: invalid phone number " + target);
      return false;
    }
    return true;
  }
}
