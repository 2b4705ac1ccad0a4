package org.retellbridge.feature.calls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import org.retellbridge.foundation.switches.AgentSwitches;
import org.retellbridge.foundation.switches.Draining;
import org.retellbridge.foundation.telephony.CallSid;

/** Whether a new call may go to the agent, as operators have it. */
@ApplicationScoped
public class Admission {
  private static final int ALL = 100;

  private AgentSwitches switches;
  private Draining draining;
  private Clock clock;

  Admission() {}

  @Inject
  Admission(AgentSwitches switches, Draining draining) {
    this(switches, draining, Clock.systemUTC());
  }

  Admission(AgentSwitches switches, Draining draining, Clock clock) {
    this.switches = switches;
    this.draining = draining;
    this.clock = clock;
  }

  /**
   * Why the call does not go to the agent ({@code drain}, {@code hours}, {@code share}).
   *
   * @param callSid of the caller's own leg, which stays the same when the call comes back
   */
  Optional<String> refusal(Optional<CallSid> callSid) {
    if (draining.on()) {
      return Optional.of("drain");
    }
    if (!switches.hours().include(clock.instant())) {
      return Optional.of("hours");
    }
    int share = switches.share();
    return share == ALL || lot(callSid) < share ? Optional.empty() : Optional.of("share");
  }

  /**
   * From 0 to 99, always the same for a call: one that comes back keeps its side. Raising the share
   * takes nobody away from the agent.
   */
  private static int lot(Optional<CallSid> callSid) {
    if (callSid.isEmpty()) {
      return ThreadLocalRandom.current().nextInt(ALL);
    }
    CRC32 hash = new CRC32();
    hash.update(callSid.get().value().getBytes(US_ASCII));
    return (int) (hash.getValue() % ALL);
  }
}
