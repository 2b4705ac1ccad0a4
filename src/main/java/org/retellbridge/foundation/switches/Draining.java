package org.retellbridge.foundation.switches;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.ledger.Switches;

/**
 * Whether this node shall be left alone, because it is going to be stopped: it is not ready any
 * more and sends new calls down the ladder, while everything else goes on. One node is drained by
 * word of mouth, all of them through the ledger; a node that starts later is not drained.
 */
@ApplicationScoped
public class Draining {
  private static final String ALL = "DRAIN";

  /** Nodes' clocks are that close together, or the operator has been warned. */
  private static final Duration CLOSE = Duration.ofMinutes(10);

  private static final Duration LONG_AGO = Duration.ofDays(1);

  private Board board;
  private Clock clock;
  private Instant started;
  private volatile boolean here;
  private volatile String ordered = "";

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

  /** At start, not when it is first asked: what was ordered in between counts by its time. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    started = clock.instant();
  }

  public boolean on() {
    return here || all();
  }

  /** Drains this node; needs no ledger. */
  public void drainHere() {
    here = true;
  }

  /**
   * What has to be written for every node to be drained that runs now; this one is among them,
   * whatever its clock says.
   */
  public Map<String, Optional<String>> everywhere() {
    ordered = clock.instant().toString();
    return Map.of(ALL, Optional.of(ordered));
  }

  /**
   * What has to be written before {@link #goOnHere}, whether this node knows of an order or not:
   * another node's may be younger than the last beat.
   */
  public Map<String, Optional<String>> nowhere() {
    return Map.of(ALL, Optional.empty());
  }

  /**
   * Whether this node is drained by {@link #drainHere} and, as far as it knows, by nothing else.
   */
  public boolean onlyHere() {
    return here && !all();
  }

  /** Ends what {@link #drainHere} began. */
  public void goOnHere() {
    here = false;
  }

  /** Whether every node is drained that ran when an operator said so, this one among them. */
  public boolean all() {
    return board.get(ALL).filter(order -> order.equals(ordered) || younger(order)).isPresent();
  }

  /**
   * The order that stood there when this node began was given to those before it. Only a node that
   * could not look then has to believe the clocks.
   */
  private boolean younger(String order) {
    try {
      Instant given = Instant.parse(order);
      return board
          .found()
          .map(atStart -> !order.equals(atStart.get(ALL)) && !restored(given, atStart.get(ALL)))
          .orElseGet(() -> given.isAfter(started));
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** A copy of the database brings back the order of its day, and this node never stopped. */
  private boolean restored(Instant given, String atStart) {
    try {
      return atStart == null
          ? given.isBefore(started.minus(LONG_AGO))
          : given.isBefore(Instant.parse(atStart)) && given.isBefore(started.minus(CLOSE));
    } catch (DateTimeException e) {
      return false; // nobody's order stood there
    }
  }
}
