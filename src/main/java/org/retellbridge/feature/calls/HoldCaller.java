package org.retellbridge.feature.calls;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.retellbridge.foundation.ledger.Calls;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.QueueWait;
import org.retellbridge.partner.twilio.Twiml;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Plays music to a caller in a queue, until the wait is too long. */
@ApplicationScoped
public class HoldCaller {
  private static final System.Logger LOGGER = System.getLogger(HoldCaller.class.getName());

  /** Else music that cannot be played would have Twilio ask again at once, for ever. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  private QueueWait limit;
  private URI music;
  private Calls calls;

  HoldCaller() {}

  @Inject
  HoldCaller(Settings settings, Calls calls) {
    this(settings, calls, Clock.systemUTC());
  }

  HoldCaller(Settings settings, Calls calls, Clock clock) {
    this.limit = new QueueWait(settings, clock);
    this.music = settings.get(Catalogue.HOLD_MUSIC_URL);
    this.calls = calls;
  }

  /**
   * The music once, and the way back here: whether Twilio asks again by itself is not relied upon.
   * Who leaves the queue is led on by its {@code action}.
   */
  String next(VoiceWebhook webhook) {
    return UnfailingAnswer.of(
        LOGGER,
        "hold",
        webhook,
        List.of(() -> musicOrLeave(webhook), () -> Twiml.response(Twiml::leave)));
  }

  private String musicOrLeave(VoiceWebhook webhook) {
    if (!limit.over(webhook)) {
      return Twiml.response(
          twiml -> {
            twiml.play(music);
            twiml.pause(BREATH);
            twiml.redirect(URI.create(limit.again(webhook)));
          });
    }
    LOGGER.log(
        WARNING,
        "hold callSid={0} callId={1}: nobody took the call in time, it leaves the queue",
        webhook.callSid().map(CallSid::value).orElse("-"),
        webhook.callSid().flatMap(calls::idOf).map(Object::toString).orElse("-"));
    return Twiml.response(Twiml::leave);
  }
}
