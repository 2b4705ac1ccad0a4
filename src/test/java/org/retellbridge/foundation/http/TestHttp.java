package org.retellbridge.foundation.http;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The transport without a server around it. */
public final class TestHttp implements AutoCloseable {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final NonBlockingHttp http = new NonBlockingHttp(scheduler, Runnable::run);

  private TestHttp() {}

  public static TestHttp open() {
    TestHttp opened = new TestHttp();
    opened.http.open();
    return opened;
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
