package org.retellbridge.feature.lifecycle;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.retell.events.CallAnalysis;
import org.retellbridge.partner.retell.events.CallEvent;
import org.retellbridge.partner.retell.functions.CallerSource;
import org.retellbridge.partner.segment.Customer;
import org.retellbridge.partner.segment.Tracking;
import org.retellbridge.partner.segment.Written;

/** Tells Segment what Retell's analysis of a call found ({@code SEGMENT_CALL_EVENTS}). */
@ApplicationScoped
public class CallAnalyzed {
  private static final System.Logger LOGGER = System.getLogger(CallAnalyzed.class.getName());
  private static final String EVENT = "Call Analyzed";
  private static final String NEVER_DIALLED = "registered_call_timeout";

  private Tracking tracking;
  private boolean wanted;

  CallAnalyzed() {}

  @Inject
  CallAnalyzed(Tracking tracking, Settings settings) {
    this.tracking = tracking;
    this.wanted = settings.get(Catalogue.SEGMENT_CALL_EVENTS);
  }

  /** Whether nothing of it can be lost any more; true also when there is nothing to tell. */
  CompletionStage<Boolean> tell(CallEvent event) {
    Optional<Caller> caller = event.call().caller(CallerSource.METADATA_FIRST);
    if (!wanted || !tracking.on() || caller.isEmpty() || neverDialled(event)) {
      return CompletableFuture.completedStage(true);
    }
    Customer customer = new Customer(caller.get(), !event.call().web());
    String id = "segment-" + event.id();
    Map<String, JsonValue> all = properties(event);
    Map<String, JsonValue> fitting = tracking.fitting(customer, EVENT, all, id);
    if (fitting.size() < all.size()) {
      all.keySet().removeAll(fitting.keySet());
      LOGGER.log(
          WARNING,
          "Call Analyzed callId={0}: more than Segment takes, so it goes without {1}",
          event.callId(),
          String.join(", ", all.keySet()));
    }
    return tracking.track(customer, EVENT, fitting, id).thenApply(CallAnalyzed::kept);
  }

  /** An answer of Retell's that came too late, or never, left a call behind that nobody had. */
  private static boolean neverDialled(CallEvent event) {
    return event.disconnectionReason().filter(NEVER_DIALLED::equals).isPresent();
  }

  /** What Segment never takes is no reason for Retell to repeat it. */
  private static boolean kept(Written written) {
    return !(written instanceof Written.NotStored not) || not.hopeless();
  }

  private static Map<String, JsonValue> properties(CallEvent event) {
    Map<String, JsonValue> properties = new LinkedHashMap<>();
    properties.put("call_id", JsonText.string(event.callId().value()));
    event.call().agentId().ifPresent(agent -> properties.put("agent_id", JsonText.string(agent)));
    CallAnalysis analysis = event.analysis();
    analysis.summary().ifPresent(found -> properties.put("summary", found));
    analysis.sentiment().ifPresent(found -> properties.put("sentiment", found));
    analysis.successful().ifPresent(found -> properties.put("successful", found));
    analysis.inVoicemail().ifPresent(found -> properties.put("in_voicemail", found));
    analysis.custom().ifPresent(found -> properties.put("custom_analysis_data", found));
    event
        .durationMillis()
        .ifPresent(millis -> properties.put("duration_seconds", JsonText.number(millis / 1_000.0)));
    event
        .disconnectionReason()
        .ifPresent(reason -> properties.put("disconnection_reason", JsonText.string(reason)));
    return properties;
  }
}
