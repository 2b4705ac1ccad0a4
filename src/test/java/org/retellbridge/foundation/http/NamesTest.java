package org.retellbridge.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final Deque<Runnable> lookups = new ArrayDeque<>();
  private int asked;

  @Test
  void looksUpInAnotherThreadAndOnceForAllWhoWait() {
    Names names = new Names(lookups::add, host -> address());
    CompletableFuture<InetAddress> one = names.of("vendor.test").toCompletableFuture();
    CompletableFuture<InetAddress> other = names.of("vendor.test").toCompletableFuture();

    assertThat(one).isNotDone();
    assertThat(lookups).hasSize(1);
    lookups.remove().run();
    assertThat(one).isCompletedWithValue(HERE);
    assertThat(other).isCompletedWithValue(HERE);
  }

  @Test
  void looksUpAnewWhenTheOnlyAddressFailed() {
    Names names = new Names(Runnable::run, host -> address());
    names.of("vendor.test");
    names.of("vendor.test");
    assertThat(asked).isEqualTo(1);

    names.forget("vendor.test", HERE);
    names.of("vendor.test");
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void remembersNoFailure() {
    Names names =
        new Names(
            Runnable::run,
            host -> {
              if (asked == 0) {
                asked++;
                throw new UnknownHostException(host);
              }
              return address();
            });

    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedExceptionally();
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(HERE);
  }

  @Test
  void givesTheNextAddressWhenOneFailed() throws Exception {
    InetAddress first = InetAddress.getByName("192.0.2.1");
    InetAddress second = InetAddress.getByName("192.0.2.2");
    Names names =
        new Names(
            Runnable::run,
            host -> {
              asked++;
              return new InetAddress[] {first, second};
            });
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(first);

    names.forget("vendor.test", first);
    names.forget("vendor.test", first);
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(second);
    assertThat(asked).isEqualTo(1);

    names.forget("vendor.test", second);
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(first);
    assertThat(asked).isEqualTo(2);
  }

  private InetAddress[] address() {
    asked++;
    return new InetAddress[] {HERE};
  }
}
