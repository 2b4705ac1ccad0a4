package org.retellbridge.feature.lifecycle;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.CallNews;
import org.retellbridge.foundation.ledger.VendorEvents;
import org.retellbridge.foundation.ledger.Who;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.telephony.AgentCallOver;
import org.retellbridge.partner.retell.events.CallEvent;
import org.retellbridge.partner.retell.events.Forwarding;
import org.retellbridge.partner.retell.functions.RetellCall;

/**
 * Takes Retell's events. Each step can be taken again without harm, so a repeat completes what a
 * crash left undone: nothing hangs on whether the event is new.
 */
@ApplicationScoped
public class Lifecycle {
  private static final System.Logger LOGGER = System.getLogger(Lifecycle.class.getName());
  private static final String EVENTS = "bridge.retell.events";
  private static final String REPEATS = "bridge.repeats";
  private static final String DEGRADED = "bridge.ledger.degraded";
  private static final String WHAT = "retell_event";
  private static final Set<String> OVER = Set.of(CallEvent.ENDED, CallEvent.ANALYZED);
  private static final Set<String> COUNTED =
      Set.of(CallEvent.STARTED, CallEvent.ENDED, CallEvent.ANALYZED);

  private VendorEvents events;
  private Forwarding forwarding;
  private CallAnalyzed analyzed;
  private Event<AgentCallOver> over;
  private Metrics metrics;
  private RetellErrors errors;

  Lifecycle() {}

  @Inject
  Lifecycle(
      VendorEvents events,
      Forwarding forwarding,
      CallAnalyzed analyzed,
      Event<AgentCallOver> over,
      Metrics metrics) {
    this.events = events;
    this.forwarding = forwarding;
    this.analyzed = analyzed;
    this.over = over;
    this.metrics = metrics;
    this.errors = new RetellErrors(metrics);
    metrics.expect(REPEATS, "what", WHAT);
    metrics.expect(DEGRADED, "what", WHAT);
    for (String repeat : List.of("false", "true")) {
      COUNTED.forEach(name -> metrics.expect(EVENTS, "event", name, "repeat", repeat));
      metrics.expect(EVENTS, "event", "other", "repeat", repeat);
    }
  }

  /** Whether it is kept, with all that has to follow from it; never fails. */
  CompletionStage<Boolean> take(CallEvent event) {
    boolean ends = OVER.contains(event.name());
    if (ends) {
      forget(event);
    }
    return events
        .firstTime(
            event.name(),
            event.callId(),
            event.discriminator(),
            event.kept(),
            ends ? Optional.of(news(event)) : begun(event))
        .thenCompose(
            first -> {
              report(event, first);
              return follow(event);
            })
        .exceptionally(ledgerDown -> lost(event));
  }

  private CompletionStage<Boolean> follow(CallEvent event) {
    CompletionStage<Boolean> passedOn = forwarding.accept(event);
    CompletionStage<Boolean> told =
        event.name().equals(CallEvent.ANALYZED)
            ? analyzed.tell(event)
            : CompletableFuture.completedStage(true);
    return passedOn.thenCombine(told, Boolean::logicalAnd);
  }

  /** Of its own calls the bridge knows more than Retell tells at their start. */
  private static Optional<CallNews> begun(CallEvent event) {
    return event.name().equals(CallEvent.STARTED) && event.call().twilioCallSid().isEmpty()
        ? Optional.of(CallNews.began(event.start().orElseGet(Instant::now)).of(who(event.call())))
        : Optional.empty();
  }

  static CallNews news(CallEvent event) {
    CallNews news =
        new CallNews(
                event.end().orElseGet(Instant::now),
                event.disconnectionReason().orElse(""),
                analysis(event))
            .since(event.start())
            .of(who(event.call()))
            .on(event.call().twilioCallSid());
    return event.end().isPresent() ? news : news.untold();
  }

  /** An event that tells less takes nothing back of what another one told. */
  private static Optional<String> analysis(CallEvent event) {
    return event.name().equals(CallEvent.ANALYZED) ? event.analysis().text() : Optional.empty();
  }

  private static Who who(RetellCall call) {
    return Who.of(call.agentId(), call.outbound(), call.from(), call.to());
  }

  private void forget(CallEvent event) {
    event
        .call()
        .twilioCallSid()
        .ifPresent(sid -> over.fire(new AgentCallOver(sid, event.callId())));
  }

  private void report(CallEvent event, boolean first) {
    String name = name(event);
    metrics.count(EVENTS, "event", name, "repeat", Boolean.toString(!first));
    if (first) {
      errors.count(event);
    } else {
      metrics.count(REPEATS, "what", WHAT);
    }
    LOGGER.log(
        INFO,
        "retell event {0} callSid={1} callId={2}: {3}{4}",
        name,
        callSid(event),
        event.callId(),
        first ? "new" : "repeated",
        event
            .disconnectionReason()
            .filter(reason -> reason.matches("[a-z_]{1,60}"))
            .map(reason -> ", " + reason)
            .orElse(""));
  }

  /** Retell repeats it three times; after that nobody would know that there was one. */
  private boolean lost(CallEvent event) {
    metrics.count(DEGRADED, "what", WHAT);
    LOGGER.log(
        WARNING,
        "retell event {0} callSid={1} callId={2}: not kept, because the ledger is down; Retell is"
            + " asked to repeat it",
        name(event),
        callSid(event),
        event.callId());
    return false;
  }

  /** As far as it may stand in metrics and logs. */
  private static String name(CallEvent event) {
    return COUNTED.contains(event.name()) ? event.name() : "other";
  }

  private static String callSid(CallEvent event) {
    return event.call().twilioCallSid().map(Object::toString).orElse("-");
  }
}
