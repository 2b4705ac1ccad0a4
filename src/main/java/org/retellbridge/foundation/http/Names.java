package org.retellbridge.foundation.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The addresses of the few hosts that are asked. Java looks names up in the thread that asks, for
 * as long as the name server is silent; here another thread does, once for all who wait, and while
 * an address is known nobody waits at all.
 */
final class Names {
  /**
   * How long addresses, and the failures there, are believed. As Java's own cache; vendors' load
   * balancers change their addresses within minutes.
   */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<InetAddress>> underWay =
      new ConcurrentHashMap<>();
  private final Executor executor;
  private final Lookup lookup;
  private final LongSupplier nanos;

  Names(Executor executor) {
    this(executor, InetAddress::getAllByName);
  }

  Names(Executor executor, Lookup lookup) {
    this(executor, lookup, System::nanoTime);
  }

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  Names(Executor executor, Lookup lookup, LongSupplier nanos) {
    this.executor = executor;
    this.lookup = lookup;
    this.nanos = nanos;
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
    long now = nanos.getAsLong();
    if (addresses.until() - now < 0) {
      ask(host);
    }
    return CompletableFuture.completedStage(addresses.best(now));
  }

  /**
   * No connection came about there: the host's next address is given for a while, and when none is
   * left they are looked up anew.
   */
  void forget(String host, InetAddress address) {
    long now = nanos.getAsLong();
    known.computeIfPresent(host, (name, addresses) -> addresses.without(address, now));
  }

  private CompletionStage<InetAddress> ask(String host) {
    CompletableFuture<InetAddress> mine = new CompletableFuture<>();
    CompletableFuture<InetAddress> others = underWay.putIfAbsent(host, mine);
    if (others != null) {
      return others;
    }
    try {
      executor.execute(() -> look(host, mine));
    } catch (RuntimeException | Error e) {
      // Not to be thrown: who asks next would wait for this one, which nobody completes.
      underWay.remove(host, mine);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private void look(String host, CompletableFuture<InetAddress> asked) {
    try {
      List<InetAddress> found = oneFamily(lookup.of(host));
      long now = nanos.getAsLong();
      Known addresses = known.compute(host, (name, before) -> Known.of(found, before, now));
      underWay.remove(host, asked);
      asked.complete(addresses.best(now));
    } catch (UnknownHostException | RuntimeException | Error e) {
      underWay.remove(host, asked);
      asked.completeExceptionally(e);
    }
  }

  /**
   * Java tells a host's IPv6 addresses even where no route leads to any: a question's only repeat
   * would be lost on them.
   */
  private static List<InetAddress> oneFamily(InetAddress[] found) {
    return Arrays.stream(found).filter(it -> it.getClass() == found[0].getClass()).toList();
  }

  /**
   * @param found in the order of the name server
   * @param failed where no connection came about, and until when that is believed; never all
   */
  private record Known(List<InetAddress> found, Map<InetAddress, Long> failed, long until) {

    static Known of(List<InetAddress> found, Known before, long now) {
      Known addresses = new Known(found, Map.of(), now + FRESH.toNanos());
      if (before == null) {
        return addresses;
      }
      Map<InetAddress, Long> failed = new HashMap<>(before.failed);
      failed.keySet().retainAll(found);
      return failed.size() == found.size() ? addresses : addresses.with(failed);
    }

    InetAddress best(long now) {
      return found.stream().filter(it -> !failedAt(it, now)).findFirst().orElseThrow();
    }

    /** {@code null} when nothing is left. */
    Known without(InetAddress address, long now) {
      if (!found.contains(address)) {
        return this;
      }
      Map<InetAddress, Long> all = new HashMap<>(failed);
      all.keySet().removeIf(it -> !failedAt(it, now));
      all.put(address, now + FRESH.toNanos());
      return all.size() == found.size() ? null : with(all);
    }

    private boolean failedAt(InetAddress address, long now) {
      Long lapse = failed.get(address);
      return lapse != null && lapse - now > 0;
    }

    private Known with(Map<InetAddress, Long> others) {
      return new Known(found, Map.copyOf(others), until);
    }
  }
}
