package org.retellbridge.partner.retell;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.rehearsal.DuringStart;
import org.retellbridge.foundation.rehearsal.StandIn;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.telephony.AgentName;

/**
 * Registers one made-up call with a stand-in on this machine while the application starts, so that
 * the first real caller does not wait for classes to be loaded. Without it the first webhook after
 * a start took seconds, on a busy machine longer than Twilio waits.
 */
@ApplicationScoped
public class WarmUp {
  private static final String ANSWER = "{\"call_id\":\"call_0\"}";

  private RetellCalls calls;
  private Timers timers;
  private DuringStart playing;

  WarmUp() {}

  @Inject
  WarmUp(RetellCalls calls, Timers timers) {
    this.calls = calls;
    this.timers = timers;
  }

  void begin(
      @Observes @Priority(DuringStart.FIRST) @Initialized(ApplicationScoped.class) Object event) {
    playing = DuringStart.begin(timers.executor(), this::play);
  }

  void await(
      @Observes @Priority(DuringStart.LAST) @Initialized(ApplicationScoped.class) Object event) {
    playing.await();
  }

  private void play() {
    new StandIn(ANSWER).hears(base -> calls.rehearse(base, madeUp()));
  }

  private static NewCall madeUp() {
    return new NewCall(
        new AgentName("agent_0", Optional.empty()),
        false,
        Optional.of("+10000000000"),
        Optional.of("+10000000000"),
        Map.of("twilio_call_sid", "none"),
        Map.of("twilio_call_sid", "none"));
  }
}
