package org.retellbridge.twin.twilio;

import java.time.Duration;
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

  /** Conversations are played in milliseconds, and told as if they had taken their time. */
  private static final Duration USUAL_TALK = Duration.ofSeconds(40);

  private final Map<String, LegOutcome> always = new ConcurrentHashMap<>();
  private final Map<String, Queue<LegOutcome>> next = new ConcurrentHashMap<>();
  private volatile QueueResult queue = QueueResult.BRIDGED;
  private volatile Duration talk = USUAL_TALK;

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

  /** What {@code DialCallDuration} says of a talk that was shorter. */
  public LegScript talksLast(Duration told) {
    talk = told;
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
    talk = USUAL_TALK;
  }

  Optional<LegOutcome> outcome(String noun) {
    Queue<LegOutcome> list = next.get(noun);
    LegOutcome scripted = list == null ? null : list.poll();
    return Optional.ofNullable(scripted == null ? always.get(noun) : scripted);
  }

  QueueResult queue() {
    return queue;
  }

  Duration talk() {
    return talk;
  }

  private LegScript always(String noun, LegOutcome outcome) {
    always.put(noun, outcome);
    return this;
  }
}
