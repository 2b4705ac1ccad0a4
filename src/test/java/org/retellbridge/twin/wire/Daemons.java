package org.retellbridge.twin.wire;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that never keep a test run alive. */
public final class Daemons {

  /** Small stacks: a thousand connections are a thousand threads. */
  private static final long STACK = 256 * 1024;

  private Daemons() {}

  public static ExecutorService pool(String name) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> thread("twin-" + name + "-" + number.incrementAndGet(), task));
  }

  public static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, STACK);
    thread.setDaemon(true);
    return thread;
  }
}
