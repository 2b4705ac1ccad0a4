package org.retellbridge.foundation.switches;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.TestOutage;
import org.retellbridge.foundation.settings.Settings;

/** Switches that are kept for a test, and that a test may take away. */
public final class MemoryBoard implements Board {
  final Map<String, String> values = new HashMap<>();
  private int left = Integer.MAX_VALUE;

  /** The agent's switches on such a board. */
  public static AgentSwitches agent(Settings settings) {
    return new AgentSwitches(settings, new MemoryBoard());
  }

  /** A node that nobody drains yet. */
  public static Draining draining() {
    return new MemoryBoard().drainingHere();
  }

  /** The agent's switches on this board. */
  public AgentSwitches agentHere(Settings settings) {
    return new AgentSwitches(settings, this);
  }

  /** A node that this board may drain. */
  public Draining drainingHere() {
    return new Draining(this, Clock.systemUTC());
  }

  /** Takes so many changes more, and refuses those after them. */
  public void takes(int more) {
    left = more;
  }

  @Override
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public CompletionStage<Void> change(Map<String, Optional<String>> changes) {
    if (left-- <= 0) {
      return CompletableFuture.failedStage(TestOutage.down());
    }
    changes.forEach(
        (name, value) ->
            value.ifPresentOrElse(v -> values.put(name, v), () -> values.remove(name)));
    return CompletableFuture.completedStage(null);
  }
}
