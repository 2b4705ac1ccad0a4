package org.retellbridge.foundation.switches;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.Switches;
import org.retellbridge.foundation.resilience.Standby;

/**
 * Whether this node shall be left alone, because it is going to be stopped: it is not ready any
 * more and sends new calls down the ladder, while everything else goes on. One node is drained by
 * word of mouth, all of them through the ledger; a node that starts later is not drained.
 */
@ApplicationScoped
public class Draining implements Standby {
  private static final String ALL = "DRAIN";

  private Board board;
  private Clock clock;
  private Instant started;
  private volatile boolean here;

  Draining() {}

  @Inject
  Draining(Switches switches) {
    this(Board.of(switches), Clock.systemUTC());
  }

  Draining(Board board, Clock clock) {
    this.board = board;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** At start, not when it is first asked: an order given in between concerns this node as well. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    started = clock.instant();
  }

  public boolean on() {
    return here || all();
  }

  @Override
  public boolean wanted() {
    return on();
  }

  /** Drains this node; needs no ledger. */
  public void drainHere() {
    here = true;
  }

  /** Drains every node that runs now; fails when the ledger is down. */
  public CompletionStage<Void> drainAll() {
    return board.change(Map.of(ALL, Optional.of(clock.instant().toString())));
  }

  /** Ends what drains this node; fails when that is in the ledger and the ledger is down. */
  public CompletionStage<Void> end() {
    CompletionStage<Void> ended =
        board.get(ALL).isPresent()
            ? board.change(Map.of(ALL, Optional.empty()))
            : CompletableFuture.completedStage(null);
    return ended.thenAccept(none -> here = false);
  }

  /** Whether every node is drained that ran when an operator said so, this one among them. */
  public boolean all() {
    return board.get(ALL).filter(this::after).isPresent();
  }

  private boolean after(String since) {
    try {
      return Instant.parse(since).isAfter(started);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
