package org.retellbridge.foundation.switches;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.TestOutage;
import org.retellbridge.foundation.settings.Settings;

/**
 * Switches that are kept for a test, and that a test may take away; in the memory of one node,
 * which its own changes and its beats renew.
 */
public final class MemoryBoard implements Board {
  final Map<String, String> values;
  private Map<String, String> known = Map.of();
  private Optional<Map<String, String>> found = Optional.empty();
  private boolean read = true;
  private int left = Integer.MAX_VALUE;

  public MemoryBoard() {
    this(new HashMap<>());
  }

  private MemoryBoard(Map<String, String> values) {
    this.values = values;
  }

  /** The same switches as another node knows them. */
  public MemoryBoard ofAnotherNode() {
    return new MemoryBoard(values);
  }

  /** The node hears what others have changed. */
  public void beat() {
    known = Map.copyOf(values);
    read = true;
  }

  /** The node begins, and the ledger can be read then. */
  public MemoryBoard begin() {
    beat();
    found = Optional.of(known);
    return this;
  }

  /** The node begins, and the ledger cannot be read. */
  public MemoryBoard beginUnread() {
    read = false;
    return this;
  }

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
  public boolean read() {
    return read;
  }

  @Override
  public Optional<Map<String, String>> found() {
    return found;
  }

  @Override
  public Optional<String> get(String name) {
    return Optional.ofNullable(known.get(name));
  }

  @Override
  public CompletionStage<Void> change(Map<String, Optional<String>> changes) {
    if (left-- <= 0) {
      return CompletableFuture.failedStage(TestOutage.down());
    }
    changes.forEach(
        (name, value) ->
            value.ifPresentOrElse(v -> values.put(name, v), () -> values.remove(name)));
    beat();
    return CompletableFuture.completedStage(null);
  }
}
