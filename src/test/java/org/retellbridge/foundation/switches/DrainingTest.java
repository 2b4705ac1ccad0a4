package org.retellbridge.foundation.switches;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DrainingTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  private final MemoryBoard board = new MemoryBoard();
  private final Draining early = new Draining(board, at(Duration.ZERO));
  private final Draining now = new Draining(board, at(Duration.ofHours(1)));

  @Test
  void concernsTheNodeThatIsAskedAndNeedsNoLedger() {
    board.takes(0);
    early.drainHere();
    assertThat(early.on()).isTrue();
    assertThat(early.all()).isFalse();
    assertThat(now.on()).isFalse();
    assertThat(early.onlyHere()).isTrue();
    early.goOnHere();
    assertThat(early.on()).isFalse();
    assertThat(early.onlyHere()).isFalse();
  }

  @Test
  void concernsEveryNodeThatRanWhenItWasOrdered() {
    board.change(now.everywhere());
    Draining restarted = new Draining(board, at(Duration.ofHours(2)));

    assertThat(early.on()).isTrue();
    assertThat(early.all()).isTrue();
    assertThat(restarted.on()).isFalse();

    early.drainHere();
    assertThat(early.onlyHere()).isFalse();
    restarted.drainHere();
    assertThat(restarted.onlyHere()).as("the order is older than the node").isTrue();

    early.goOnHere();
    board.change(early.nowhere());
    assertThat(early.on()).isFalse();
  }

  /** Another node's order is younger than this one's last beat. */
  @Test
  void endsAnOrderThatThisNodeHasNotHeardOf() {
    MemoryBoard others = board.ofAnotherNode();
    Draining other = new Draining(others, at(Duration.ofHours(1)));
    others.change(other.everywhere());
    assertThat(other.on()).isTrue();
    assertThat(early.on()).isFalse();

    board.change(early.nowhere());
    board.beat();
    others.beat();
    assertThat(early.on()).isFalse();
    assertThat(other.on()).isFalse();
  }

  /** Somebody sets the clock back after the start: the order seems older than the node. */
  @Test
  void concernsTheNodeThatIsAskedWhateverItsClockSays() {
    AtomicReference<Instant> time = new AtomicReference<>(START);
    Draining asked = new Draining(board, turning(time));
    time.set(START.minus(Duration.ofHours(1)));

    board.change(asked.everywhere());
    assertThat(asked.all()).isTrue();
    assertThat(asked.on()).isTrue();
    Draining restarted = new Draining(board, at(Duration.ofHours(-1).plusSeconds(1)));
    assertThat(restarted.on()).isFalse();

    board.change(early.nowhere());
    assertThat(asked.on()).as("another node was asked to end it").isFalse();
  }

  /** The order that stood there was given to those before it. */
  @Test
  void needsNoClockToKnowThatAnOrderIsOlderThanTheNode() {
    board.change(now.everywhere());
    MemoryBoard rebooted = board.ofAnotherNode().begin();
    Draining behind = new Draining(rebooted, at(Duration.ofDays(-300)));
    assertThat(behind.on()).isFalse();

    board.change(early.nowhere());
    rebooted.beat();
    assertThat(behind.on()).isFalse();
  }

  @Test
  void needsNoClockToKnowThatAnOrderIsYoungerThanTheNode() {
    board.change(early.everywhere());
    MemoryBoard board = this.board.ofAnotherNode().begin();
    Draining ahead = new Draining(board, at(Duration.ofDays(300)));
    assertThat(ahead.on()).isFalse();

    this.board.change(now.everywhere());
    board.beat();
    assertThat(ahead.on()).isTrue();
  }

  /** A copy of the database, put in place under nodes that go on. */
  @Test
  void isNoneOfTheOrdersThatACopyBringsBack() {
    board.change(now.everywhere());
    MemoryBoard board = this.board.ofAnotherNode().begin();
    Draining after = new Draining(board, at(Duration.ofHours(2)));
    this.board.values.put("DRAIN", START.toString());
    board.beat();
    assertThat(after.on()).isFalse();

    this.board.change(new Draining(this.board, at(Duration.ofHours(3))).everywhere());
    board.beat();
    assertThat(after.on()).as("a new one").isTrue();
  }

  @Test
  void isNoOrderOfLongAgoWhereNoneStoodWhenTheNodeBegan() {
    MemoryBoard board = this.board.ofAnotherNode().begin();
    Draining node = new Draining(board, at(Duration.ofDays(30)));
    this.board.values.put("DRAIN", START.toString());
    board.beat();
    assertThat(node.on()).isFalse();
  }

  /** By the clock of the node that is asked, which is a little behind. */
  @Test
  void isAnOrderOfANodeWhoseClockIsBehind() {
    board.change(now.everywhere());
    MemoryBoard board = this.board.ofAnotherNode().begin();
    Draining node = new Draining(board, at(Duration.ofHours(1)));
    this.board.change(new Draining(this.board, at(Duration.ofMinutes(55))).everywhere());
    board.beat();
    assertThat(node.on()).isTrue();
  }

  @Test
  void takesNoDamageFromWhatNobodyCanRead() {
    board.begin();
    board.values.put("DRAIN", "soon");
    board.beat();
    assertThat(early.on()).isFalse();

    MemoryBoard next = board.ofAnotherNode().begin();
    Draining node = new Draining(next, at(Duration.ofHours(2)));
    board.change(now.everywhere());
    next.beat();
    assertThat(node.on()).as("it was nobody's order").isTrue();
  }

  private static Clock turning(AtomicReference<Instant> time) {
    return new Clock() {
      @Override
      public Instant instant() {
        return time.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static Clock at(Duration later) {
    return Clock.fixed(START.plus(later), ZoneOffset.UTC);
  }
}
