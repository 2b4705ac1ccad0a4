package org.retellbridge.partner.segment;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.retellbridge.foundation.outbound.NonBlockingRestClients;
import org.retellbridge.foundation.rehearsal.DuringStart;
import org.retellbridge.foundation.rehearsal.StandIn;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;

/**
 * Writes one made-up customer to a stand-in on this machine while the application starts. What a
 * server's REST client loads for its first request took 2 s on a busy machine, and an agent waits
 * for the first attempt.
 */
@ApplicationScoped
public class Rehearsal {
  private static final String ANSWER = "{\"success\":true}";

  private Optional<DuringStart> playing = Optional.empty();

  void begin(
      @Observes @Priority(DuringStart.FIRST) @Initialized(ApplicationScoped.class) Object event,
      Settings settings,
      Timers timers) {
    if (settings.state(Feature.TRACKING).on()) {
      playing = Optional.of(DuringStart.begin(timers.executor(), () -> play(settings)));
    }
  }

  void await(
      @Observes @Priority(DuringStart.LAST) @Initialized(ApplicationScoped.class) Object event) {
    playing.ifPresent(DuringStart::await);
  }

  /** Whether it went through. */
  static boolean play(Settings settings) {
    AtomicReference<TrackingRestApi> api = new AtomicReference<>();
    try {
      return new StandIn(ANSWER)
          .hears(
              base -> {
                api.set(SegmentLine.tracking(base, settings));
                return api.get().identify("{}");
              });
    } finally {
      NonBlockingRestClients.close(api.get());
    }
  }
}
