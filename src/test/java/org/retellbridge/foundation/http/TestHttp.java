package org.retellbridge.foundation.http;

import java.net.UnknownHostException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The transport without a server around it. */
public final class TestHttp implements AutoCloseable {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final NonBlockingHttp http;

  private TestHttp(Names names) {
    http = new NonBlockingHttp(scheduler, names);
    http.open();
  }

  public static TestHttp open() {
    return new TestHttp(new Names(Runnable::run));
  }

  /** It finds no vendor: for settings that name the real ones. */
  public static TestHttp offline() {
    return new TestHttp(
        new Names(
            Runnable::run,
            host -> {
              throw new UnknownHostException(host);
            }));
  }

  /** It breaks before it asks anybody. */
  public static TestHttp faulty(RuntimeException fault) {
    return new TestHttp(
        new Names(
            Runnable::run,
            host -> {
              throw fault;
            }));
  }

  public NonBlockingHttp get() {
    return http;
  }

  @Override
  public void close() {
    http.close();
    scheduler.shutdownNow();
  }
}
