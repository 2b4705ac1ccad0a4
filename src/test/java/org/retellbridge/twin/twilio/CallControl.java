package org.retellbridge.twin.twilio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * The reins of a call that goes on: who is connected, and orders from outside (the REST API, the
 * caller) that take it away from there.
 */
final class CallControl {

  /** The far end hung up. */
  private static final Step FAR_END = new Step.Continue();

  private Party party;
  private CompletableFuture<Step> leg;
  private CompletableFuture<Void> farEnd;
  private Step order;
  private boolean over;

  /**
   * Stays connected until somebody ends it.
   *
   * @return the order that ended it, or empty where the far end hung up
   */
  Optional<Step> connect(Party with, CompletableFuture<Void> otherEnd) throws InterruptedException {
    CompletableFuture<Step> wait = new CompletableFuture<>();
    synchronized (this) {
      if (order != null) {
        return Optional.of(takeOrder());
      }
      party = with;
      leg = wait;
      farEnd = otherEnd;
      notifyAll();
    }
    otherEnd.thenRun(() -> wait.complete(FAR_END));
    try {
      Step end = wait.get();
      return end == FAR_END ? Optional.empty() : Optional.of(end);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      disconnect();
    }
  }

  private synchronized void disconnect() {
    party = null;
    leg = null;
    farEnd = null;
    notifyAll();
  }

  /** Takes the call elsewhere; false where it is over. */
  synchronized boolean order(Step step) {
    if (over) {
      return false;
    }
    if (leg == null || !leg.complete(step)) {
      order = step;
    }
    return true;
  }

  /** An order that came while nobody was connected. */
  synchronized Optional<Step> pending() {
    return order == null ? Optional.empty() : Optional.of(takeOrder());
  }

  private Step takeOrder() {
    Step taken = order;
    order = null;
    return taken;
  }

  synchronized void farEndHangsUp() {
    if (farEnd == null) {
      throw new IllegalStateException("nobody is connected");
    }
    if (party.agent().isPresent()) {
      party.agent().get().hangUp();
      return;
    }
    farEnd.complete(null);
  }

  synchronized void end() {
    over = true;
    notifyAll();
  }

  synchronized boolean over() {
    return over;
  }

  /** Waits for a party of that sort; empty where the call ends or the time runs out first. */
  synchronized Optional<Party> await(Predicate<Party> wanted, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!over && (party == null || !wanted.test(party))) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left);
    }
    return over ? Optional.empty() : Optional.of(party);
  }

  synchronized boolean awaitEnd(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!over) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
