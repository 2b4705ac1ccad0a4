package org.retellbridge.foundation.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
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
    this(executor, InetAddress::getByName);
  }

  Names(Executor executor, Lookup lookup) {
    this.executor = executor;
    this.lookup = lookup;
  }

  /** How a name is looked up. */
  interface Lookup {
    InetAddress of(String host) throws UnknownHostException;
  }

  /** An address that is no longer fresh is given all the same, and looked up for the next one. */
  CompletionStage<InetAddress> of(String host) {
    Known address = known.get(host);
    if (address == null) {
      return ask(host);
    }
    if (address.until() - System.nanoTime() < 0) {
      ask(host);
    }
    return CompletableFuture.completedStage(address.address());
  }

  /** No connection came about there: the next one is looked up anew. */
  void forget(String host) {
    known.remove(host);
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
      InetAddress address = lookup.of(host);
      known.put(host, new Known(address, System.nanoTime() + FRESH.toNanos()));
      underWay.remove(host, asked);
      asked.complete(address);
    } catch (UnknownHostException | RuntimeException e) {
      underWay.remove(host, asked);
      asked.completeExceptionally(e);
    }
  }

  private record Known(InetAddress address, long until) {}
}
