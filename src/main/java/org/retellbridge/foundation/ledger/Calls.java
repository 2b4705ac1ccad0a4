package org.retellbridge.foundation.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
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
  private static final long MEMORY = 10_000;

  private final Database database;
  private final Journal journal;
  private final Clock clock;
  private final Cache<CallId, CallRecord> byId = cache();
  private final Cache<CallSid, CallId> bySid = cache();

  Calls(Database database, Journal journal, Clock clock) {
    this.database = database;
    this.journal = journal;
    this.clock = clock;
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
    journal.keep(callSid, callId, agentId, outbound, call.from(), call.to());
  }

  /** The newest call to an agent on this leg, if this node registered it and still knows. */
  public Optional<CallId> idOf(CallSid callSid) {
    return Optional.ofNullable(bySid.getIfPresent(callSid));
  }

  /** On which leg this node registered it, if it did and still knows. */
  Optional<CallSid> sidOf(CallId callId) {
    return Optional.ofNullable(byId.getIfPresent(callId)).flatMap(CallRecord::callSid);
  }

  /** What an event told, for look-ups in this node's memory. The analysis stays in the ledger. */
  void told(CallId callId, CallNews news) {
    if (news.over()) {
      byId.asMap().computeIfPresent(callId, (id, call) -> call.ended(news));
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

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder()
        .executor(Runnable::run) // else each use wakes the common pool
        .maximumSize(MEMORY)
        .expireAfterWrite(Duration.ofHours(2))
        .build();
  }
}
