package org.retellbridge.foundation.ledger;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.retellbridge.foundation.ledger.Arrival.Again;
import org.retellbridge.foundation.ledger.Arrival.Behind;
import org.retellbridge.foundation.ledger.Arrival.Dead;
import org.retellbridge.foundation.ledger.Arrival.First;

/**
 * What is handed in here reaches its vendor: it is written down, sent at once, and kept until the
 * vendor took it or refused it for good.
 */
public final class Outbox {
  private static final String LOST = "neither kept nor delivered";

  private final Database database;
  private final OutboxRows rows;
  private final DeadLetterRows letters;
  private final OutboxGauge gauge;
  private final Dispatch dispatch;
  private final Couriers couriers;
  private final Waiters waiters;
  private final Once once;
  private final Counters counters;

  Outbox(
      Database database,
      OutboxRows rows,
      DeadLetterRows letters,
      OutboxGauge gauge,
      Dispatch dispatch,
      Couriers couriers,
      Waiters waiters,
      Once once,
      Counters counters) {
    this.database = database;
    this.rows = rows;
    this.letters = letters;
    this.gauge = gauge;
    this.dispatch = dispatch;
    this.couriers = couriers;
    this.waiters = waiters;
    this.once = once;
    this.counters = counters;
  }

  /** Accepts a parcel and makes the first attempt. Never completes exceptionally. */
  public CompletionStage<Accepted> accept(Parcel parcel) {
    return accept(parcel, Until.ATTEMPTED, Optional.empty());
  }

  /** The same, once: a repeat of the mark's effect accepts nothing and gets the mark's answer. */
  public CompletionStage<Accepted> accept(Parcel parcel, Mark mark) {
    return accept(parcel, Until.ATTEMPTED, Optional.of(mark));
  }

  /** The same in full. */
  public CompletionStage<Accepted> accept(Parcel parcel, Until until, Optional<Mark> mark) {
    // Of what may be superseded the ledger knows better: the latest may be another node's.
    Optional<String> known =
        mark.map(Mark::effect).filter(it -> !it.supersedable()).flatMap(once::remembered);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(new Accepted.Repeat(known.get()));
    }
    return database
        .run(tables -> rows.accept(tables, parcel, mark))
        .handle(
            (arrival, thrown) -> {
              if (thrown != null) {
                return withoutLedger(parcel, mark);
              }
              if (arrival instanceof First || arrival instanceof Behind) {
                mark.ifPresent(given -> once.recent().latest(given.effect()));
              }
              return go(arrival, until);
            })
        .thenCompose(accepted -> accepted);
  }

  /** What no vendor took, the oldest first. Fails with {@link LedgerDown}. */
  public CompletionStage<Undelivered> undelivered(int most) {
    return database.aside(
        tables -> new Undelivered(gauge.read(tables), letters.list(tables, most)));
  }

  /** Sends one dead letter again; whether there was one. Fails with {@link LedgerDown}. */
  public CompletionStage<Boolean> replay(String messageId) {
    return database.run(tables -> letters.replay(tables, messageId));
  }

  /**
   * Throws one dead letter away, with its content; whether there was one. Fails with {@link
   * LedgerDown}.
   */
  public CompletionStage<Boolean> discard(String messageId) {
    return database.run(tables -> DeadLetterRows.discard(tables, messageId));
  }

  /**
   * Sends all dead letters again; how many there were. Fails with {@link LedgerDown}, and some may
   * be on their way by then: the others are sent when it is asked for once more.
   */
  public CompletionStage<Integer> replayAll() {
    return replay(DeadLetterRows.At.BEGIN, 0);
  }

  private CompletionStage<Integer> replay(DeadLetterRows.At after, int sofar) {
    return database
        .aside(tables -> letters.replay(tables, after))
        .thenCompose(
            some -> {
              int all = sofar + some.count();
              return some.last()
                  .map(last -> replay(last, all))
                  .orElseGet(() -> CompletableFuture.completedFuture(all));
            });
  }

  private CompletionStage<Accepted> go(Arrival arrival, Until until) {
    if (arrival instanceof Again again) {
      return CompletableFuture.completedFuture(new Accepted.Repeat(again.answer()));
    }
    if (arrival instanceof Dead dead) {
      return CompletableFuture.completedFuture(new Accepted.Refused(dead.reason()));
    }
    if (arrival instanceof First first) {
      CompletionStage<Accepted> attempt = dispatch.send(first.held());
      return until == Until.ATTEMPTED ? attempt : stored();
    }
    Behind behind = (Behind) arrival;
    if (until == Until.STORED || behind.stuck()) {
      return stored();
    }
    CompletionStage<Accepted> attempt = waiters.join(behind.seq(), behind.customer());
    // What was before it may be gone by now.
    dispatch.next(behind.customer());
    return attempt;
  }

  private static CompletionStage<Accepted> stored() {
    return CompletableFuture.completedFuture(new Accepted.Stored());
  }

  private CompletionStage<Accepted> withoutLedger(Parcel parcel, Optional<Mark> mark) {
    counters.degraded("outbox");
    return mark.map(given -> directOnce(parcel, given)).orElseGet(() -> direct(parcel));
  }

  private CompletionStage<Accepted> directOnce(Parcel given, Mark mark) {
    AtomicReference<Accepted> mine = new AtomicReference<>();
    // The same words again, after others: under the first one's id the vendor would drop them.
    Parcel parcel =
        once.recent().superseded(mark.effect()) ? given.under(UUID.randomUUID().toString()) : given;
    return once.run(
            mark.effect(),
            () ->
                direct(parcel)
                    .thenApply(
                        accepted -> {
                          mine.set(accepted);
                          return accepted instanceof Accepted.Delivered
                              ? new Outcome.Done(mark.answer())
                              : new Outcome.Failed(LOST);
                        }))
        .thenApply(answer -> mine.get() == null ? ofAnother(answer) : mine.get());
  }

  private static Accepted ofAnother(String answer) {
    return answer.equals(LOST) ? new Accepted.Lost(LOST) : new Accepted.Repeat(answer);
  }

  private CompletionStage<Accepted> direct(Parcel parcel) {
    return couriers.attempt(parcel).thenApply(Outbox::truth);
  }

  private static Accepted truth(Delivery delivery) {
    if (delivery instanceof Delivery.Delivered) {
      return new Accepted.Delivered();
    }
    if (delivery instanceof Delivery.Never never) {
      return new Accepted.Refused(never.reason());
    }
    return new Accepted.Lost(((Delivery.Later) delivery).reason());
  }
}
