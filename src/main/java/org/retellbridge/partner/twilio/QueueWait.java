package org.retellbridge.partner.twilio;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.OwnPaths;
import org.retellbridge.foundation.settings.Settings;

/**
 * How long a caller may wait in a queue of Flex. Twilio keeps callers there for ever, also when
 * their task was cancelled or timed out, and tells nobody: what it asks while they wait is the only
 * way to lead them on (twilio.com/docs/voice/twiml/enqueue, {@code waitUrl}).
 *
 * @param limit zero for a wait without end
 */
public record QueueWait(Duration limit, Clock clock) {
  private static final String SINCE = "since";
  private static final String PATH = OwnPaths.HOLD.substring(1) + "?" + SINCE + "=";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

  public QueueWait(Settings settings) {
    this(settings, Clock.systemUTC());
  }

  /** With the clock of a test. */
  public QueueWait(Settings settings, Clock clock) {
    this(settings.get(Catalogue.QUEUE_LIMIT), clock);
  }

  /**
   * Where Twilio asks what a caller hears who is queued now; empty without a limit, when Twilio
   * plays its own music and needs nobody.
   *
   * @param before the bridge's own address with a slash at the end, or nothing for a relative one
   */
  public Optional<String> url(String before) {
    return limit.isZero()
        ? Optional.empty()
        : Optional.of(before + PATH + clock.instant().getEpochSecond());
  }

  /** Whether the caller has waited long enough, by Twilio's word, else by the address. */
  public boolean over(VoiceWebhook webhook) {
    Duration waited =
        seconds(webhook.inBody("QueueTime"))
            .map(Duration::ofSeconds)
            .orElseGet(() -> Duration.between(since(webhook), clock.instant()));
    return !limit.isZero() && waited.compareTo(limit) >= 0;
  }

  /** The same address once more, relative to itself. */
  public String again(VoiceWebhook webhook) {
    return PATH + since(webhook).getEpochSecond();
  }

  /** The wait of an address that does not tell its begin begins now. */
  private Instant since(VoiceWebhook webhook) {
    Instant now = clock.instant();
    return seconds(webhook.inQuery(SINCE))
        .map(Instant::ofEpochSecond)
        .filter(now::isAfter)
        .orElse(now);
  }

  private static Optional<Long> seconds(Optional<String> text) {
    return text.filter(it -> SECONDS.matcher(it).matches()).map(Long::parseLong);
  }
}
