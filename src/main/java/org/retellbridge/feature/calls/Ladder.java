package org.retellbridge.feature.calls;

import static org.retellbridge.foundation.settings.Catalogue.DIAL_TIMEOUT;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_APPLICATION_SID;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_LANGUAGE;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_MESSAGE;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_NUMBER;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_URL;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_WORKFLOW_SID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.LegAddress;
import org.retellbridge.partner.twilio.QueueWait;
import org.retellbridge.partner.twilio.Twiml;
import org.retellbridge.partner.twilio.VoiceWebhook;

/**
 * What a caller gets instead of the agent, rung by rung. Each rung tells Twilio to come back when
 * it is over, so the next one follows; the last one speaks and needs nobody.
 */
@ApplicationScoped
public class Ladder {
  /** The agent's own leg, before the first rung. */
  static final int AGENT = LegAddress.AGENT;

  private List<Rung> rungs = List.of();

  Ladder() {}

  @Inject
  Ladder(Settings settings) {
    Duration timeout = settings.get(DIAL_TIMEOUT);
    List<Rung> configured = new ArrayList<>();
    settings
        .find(FALLBACK_APPLICATION_SID)
        .ifPresent(sid -> configured.add(new Rung.Application(sid, timeout)));
    settings
        .find(FALLBACK_WORKFLOW_SID)
        .ifPresent(sid -> configured.add(new Rung.Workflow(sid, new QueueWait(settings))));
    settings
        .find(FALLBACK_NUMBER)
        .ifPresent(it -> configured.add(new Rung.Number(it, timeout, ShownNumber.of(settings))));
    settings.find(FALLBACK_URL).ifPresent(url -> configured.add(new Rung.Elsewhere(url)));
    configured.add(
        new Rung.Sentence(
            Locale.forLanguageTag(settings.get(FALLBACK_LANGUAGE)),
            settings.get(FALLBACK_MESSAGE)));
    rungs = List.copyOf(configured);
  }

  /**
   * The TwiML of the rung after the one that is over.
   *
   * @param over the number of the rung that is over, {@link #AGENT} for the agent's leg; anything
   *     beyond the ladder gets the last rung, which always speaks
   * @param reason why the agent does not have the call, for the people who get it
   */
  String after(int over, VoiceWebhook webhook, String reason) {
    return after(over, webhook, webhook.callSid(), reason);
  }

  /**
   * The same where the webhook may be of another leg.
   *
   * @param call the one that the caller made
   */
  String after(int over, VoiceWebhook webhook, Optional<CallSid> call, String reason) {
    int next = next(over);
    Rung rung = rungs.get(next - 1);
    Fallen fallen = new Fallen(next, webhook, call, reason);
    return Twiml.response(twiml -> rung.write(twiml, fallen));
  }

  /** The name of the rung after the one that is over, for logs and metrics. */
  String nameAfter(int over) {
    return rungs.get(next(over) - 1).label();
  }

  /** Where the call is with the rung after the one that is over. */
  PhoneCall.Stage stageAfter(int over) {
    return rungs.get(next(over) - 1).stage();
  }

  private int next(int over) {
    return over < AGENT || over >= rungs.size() ? rungs.size() : over + 1;
  }
}
