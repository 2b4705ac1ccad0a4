package org.retellbridge.twin.twilio;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How the legs of calls go. By default SIP legs go as Retell answers them, all others are answered,
 * and queues connect to a person.
 */
public final class LegScript {

  private final Map<String, LegOutcome> always = new ConcurrentHashMap<>();
  private final Map<String, Queue<LegOutcome>> next = new ConcurrentHashMap<>();
  private volatile QueueResult queue = QueueResult.BRIDGED;

  /** Every SIP leg, without asking Retell. */
  public LegScript sip(LegOutcome outcome) {
    return always("Sip", outcome);
  }

  public LegScript number(LegOutcome outcome) {
    return always("Number", outcome);
  }

  public LegScript application(LegOutcome outcome) {
    return always("Application", outcome);
  }

  public LegScript client(LegOutcome outcome) {
    return always("Client", outcome);
  }

  public LegScript queue(QueueResult result) {
    queue = result;
    return this;
  }

  /** The next legs of that noun ({@code Sip}, {@code Number}, …) go like this, one each. */
  public LegScript next(String noun, LegOutcome... outcomes) {
    Queue<LegOutcome> list = next.computeIfAbsent(noun, name -> new ConcurrentLinkedQueue<>());
    list.addAll(java.util.List.of(outcomes));
    return this;
  }

  public void reset() {
    always.clear();
    next.clear();
    queue = QueueResult.BRIDGED;
  }

  Optional<LegOutcome> outcome(String noun) {
    Queue<LegOutcome> list = next.get(noun);
    LegOutcome scripted = list == null ? null : list.poll();
    return Optional.ofNullable(scripted == null ? always.get(noun) : scripted);
  }

  QueueResult queue() {
    return queue;
  }

  private LegScript always(String noun, LegOutcome outcome) {
    always.put(noun, outcome);
    return this;
  }
}
