package org.retellbridge.foundation.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * The calls. Changes are taken at once and written later, so that nothing on a call's way waits for
 * the database; a look-up right after them finds them in memory.
 */
public final class Calls {
  private static final int QUEUE = 20_000;
  private static final long MEMORY = 10_000;

  private final Database database;
  private final Clock clock;
  private final BatchWriter<CallRecord> writer;
  private final Cache<CallId, CallRecord> byId = cache();
  private final Cache<CallSid, CallId> bySid = cache();

  Calls(Database database, Clock clock, Counters counters) {
    this.database = database;
    this.clock = clock;
    this.writer =
        new BatchWriter<>("call", QUEUE, Duration.ZERO, database, counters, CallRows::start);
  }

  /**
   * A call was registered with Retell.
   *
   * @param outbound whether Twilio placed it
   * @param from as Twilio wrote it; may be withheld
   * @param to as Twilio wrote it
   */
  public void started(
      CallSid callSid, CallId callId, String agentId, boolean outbound, String from, String to) {
    CallRecord call =
        CallRecord.started(callSid, callId, agentId, outbound, from, to, clock.instant());
    byId.put(callId, call);
    bySid.put(callSid, callId);
    writer.add(call);
  }

  /** The newest call to an agent on this leg, if this node registered it and still knows. */
  public Optional<CallId> idOf(CallSid callSid) {
    return Optional.ofNullable(bySid.getIfPresent(callSid));
  }

  /** What an event told, for look-ups in this node's memory. The analysis stays in the ledger. */
  void told(CallId callId, CallNews news) {
    if (news.over()) {
      byId.asMap().computeIfPresent(callId, (id, call) -> call.ended(news.at(), news.reason()));
    }
  }

  /**
   * From memory if it is there, even while the ledger is down; else fails with {@link LedgerDown}.
   */
  public CompletionStage<Optional<CallRecord>> findByCallId(CallId callId) {
    CallRecord known = byId.getIfPresent(callId);
    return known == null
        ? database.run(tables -> CallRows.byId(tables, callId))
        : CompletableFuture.completedFuture(Optional.of(known));
  }

  /** The newest call to an agent on this leg; the same as {@link #findByCallId} otherwise. */
  public CompletionStage<Optional<CallRecord>> findByCallSid(CallSid callSid) {
    CallId known = bySid.getIfPresent(callSid);
    return known == null
        ? database.run(tables -> CallRows.bySid(tables, callSid))
        : findByCallId(known);
  }

  /** Newest first. Fails with {@link LedgerDown}. */
  public CompletionStage<List<CallRecord>> newest(int most) {
    return database.run(tables -> CallRows.newest(tables, most));
  }

  CompletionStage<Void> flush() {
    return writer.flush();
  }

  CompletionStage<Void> flushAll() {
    return writer.flushAll();
  }

  /** Whether all is written. */
  boolean idle() {
    return writer.idle();
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder().maximumSize(MEMORY).expireAfterWrite(Duration.ofHours(2)).build();
  }
}
