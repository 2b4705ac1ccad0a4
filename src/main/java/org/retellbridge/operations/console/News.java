package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.History;
import org.retellbridge.foundation.ledger.LedgerBeans;
import org.retellbridge.foundation.ledger.LedgerState;
import org.retellbridge.operations.Status;

/** What is new since the last time somebody asked: which calls changed, and a few figures. */
@ApplicationScoped
public class News {
  private static final Duration MEMORY = Duration.ofSeconds(30);

  private History history;
  private LedgerBeans ledger;
  private Status status;

  private final Map<String, Instant> seen = new HashMap<>();
  private Instant last = Instant.EPOCH;
  private String figures = "";
  private volatile int live;

  News() {}

  @Inject
  News(History history, LedgerBeans ledger, Status status) {
    this.history = history;
    this.ledger = ledger;
    this.status = status;
  }

  /** The figures as they are. */
  String whole() {
    return message(Set.of(), live, ledger.state());
  }

  /** What is new, if anything is; completes also while the ledger is down. */
  CompletionStage<Optional<String>> next() {
    Instant now = Instant.now();
    Instant since = since(now);
    return history
        .changedSince(since)
        .thenCombine(history.live(), (changes, count) -> said(fresh(changes, now), count))
        .exceptionally(ledgerDown -> said(Set.of(), live));
  }

  /** Nothing is kept for nobody; the next reader begins with what he loads. */
  synchronized void nobodyReads() {
    last = Instant.EPOCH;
    seen.clear();
  }

  private synchronized Instant since(Instant now) {
    return last.equals(Instant.EPOCH) ? now : last;
  }

  private synchronized Set<String> fresh(Map<String, Instant> changes, Instant now) {
    last = now;
    seen.values().removeIf(at -> at.isBefore(now.minus(MEMORY)));
    Set<String> names = new TreeSet<>();
    changes.forEach(
        (name, at) -> {
          if (!at.equals(seen.put(name, at))) {
            names.add(name);
          }
        });
    return names;
  }

  private synchronized Optional<String> said(Set<String> names, int count) {
    live = count;
    LedgerState state = ledger.state();
    String current = message(Set.of(), count, state);
    boolean same = current.equals(figures);
    figures = current;
    return names.isEmpty() && same ? Optional.empty() : Optional.of(message(names, count, state));
  }

  private String message(Set<String> names, int count, LedgerState state) {
    JsonArrayBuilder calls = JsonText.array();
    names.forEach(calls::add);
    JsonObjectBuilder message =
        JsonText.object()
            .add("calls", calls)
            .add("live", count)
            .add("outbox", state.outbox().depth())
            .add("dead", state.outbox().dead())
            .add("ledger", state.up())
            .add("state", status.unsteady());
    return message.build().toString();
  }
}
