package org.retellbridge.twin.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The requests that a server has seen: all are counted, the newest are kept. */
public final class RequestLog {

  private static final int KEPT = 20_000;

  private final Deque<Request> newest = new ArrayDeque<>();
  private long total;

  synchronized void add(Request request) {
    total++;
    newest.addLast(request);
    if (newest.size() > KEPT) {
      newest.removeFirst();
    }
  }

  /** All requests ever, or since the last {@link #clear()}. */
  public synchronized long total() {
    return total;
  }

  /** Of the kept ones: how many have a raw path that contains the text. */
  public long count(String pathPart) {
    return count(request -> request.rawPath().contains(pathPart));
  }

  public long count(Predicate<Request> which) {
    return all().stream().filter(which).count();
  }

  public synchronized List<Request> all() {
    return new ArrayList<>(newest);
  }

  public synchronized Optional<Request> last() {
    return Optional.ofNullable(newest.peekLast());
  }

  public synchronized void clear() {
    newest.clear();
    total = 0;
  }
}
