package org.retellbridge.foundation.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The addresses of the few hosts that are asked. Java looks names up in the thread that asks, for
 * as long as the name server is silent; here another thread does, once for all who wait, and while
 * an address is known nobody waits at all.
 */
final class Names {
  /** As Java's own cache; vendors' load balancers change their addresses within minutes. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<InetAddress>> underWay =
      new ConcurrentHashMap<>();
  private final Executor executor;
  private final Lookup lookup;

  Names(Executor executor) {
    this(executor, InetAddress::getAllByName);
  }

  Names(Executor executor, Lookup lookup) {
    this.executor = executor;
    this.lookup = lookup;
  }

  /** How a name is looked up: at least one address, the best first. */
  interface Lookup {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** An address that is no longer fresh is given all the same, and looked up for the next one. */
  CompletionStage<InetAddress> of(String host) {
    Known addresses = known.get(host);
    if (addresses == null) {
      return ask(host);
    }
    if (addresses.until() - System.nanoTime() < 0) {
      ask(host);
    }
    return CompletableFuture.completedStage(addresses.best());
  }

  /**
   * No connection came about there: the host's next address is given from now on, and when none is
   * left they are looked up anew.
   */
  void forget(String host, InetAddress address) {
    known.computeIfPresent(host, (name, addresses) -> addresses.without(address));
  }

  private CompletionStage<InetAddress> ask(String host) {
    CompletableFuture<InetAddress> mine = new CompletableFuture<>();
    CompletableFuture<InetAddress> others = underWay.putIfAbsent(host, mine);
    if (others != null) {
      return others;
    }
    try {
      executor.execute(() -> look(host, mine));
    } catch (RejectedExecutionException e) {
      underWay.remove(host, mine);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private void look(String host, CompletableFuture<InetAddress> asked) {
    try {
      List<InetAddress> found = List.of(lookup.of(host));
      long until = System.nanoTime() + FRESH.toNanos();
      Known addresses = known.compute(host, (name, before) -> Known.of(found, before, until));
      underWay.remove(host, asked);
      asked.complete(addresses.best());
    } catch (UnknownHostException | RuntimeException e) {
      underWay.remove(host, asked);
      asked.completeExceptionally(e);
    }
  }

  /**
   * @param usable in the order of the name server, without those that failed
   * @param failed no connection came about there; a new look-up most often finds them again
   */
  private record Known(List<InetAddress> usable, Set<InetAddress> failed, long until) {

    static Known of(List<InetAddress> found, Known before, long until) {
      Set<InetAddress> failed = before == null ? new HashSet<>() : new HashSet<>(before.failed);
      failed.retainAll(found);
      List<InetAddress> usable = found.stream().filter(it -> !failed.contains(it)).toList();
      return usable.isEmpty()
          ? new Known(found, Set.of(), until)
          : new Known(usable, Set.copyOf(failed), until);
    }

    InetAddress best() {
      return usable.get(0);
    }

    /** {@code null} when nothing is left. */
    Known without(InetAddress address) {
      if (!usable.contains(address)) {
        return this;
      }
      List<InetAddress> left = usable.stream().filter(it -> !it.equals(address)).toList();
      Set<InetAddress> all = new HashSet<>(failed);
      all.add(address);
      return left.isEmpty() ? null : new Known(left, Set.copyOf(all), until);
    }
  }
}
