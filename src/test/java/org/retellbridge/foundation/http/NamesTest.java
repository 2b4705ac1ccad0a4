package org.retellbridge.foundation.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final Deque<Runnable> lookups = new ArrayDeque<>();
  private int asked;
  private long now;

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

  @ParameterizedTest
  @MethodSource("whatAnExecutorThrows")
  void looksUpAnewWhenThereWasNoThreadForIt(Throwable thrown) {
    Names names =
        new Names(
            lookup -> {
              if (asked++ == 0) {
                NamesTest.<RuntimeException>hurl(thrown);
              }
              lookup.run();
            },
            host -> address());

    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedExceptionally();
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(HERE);
  }

  static Stream<Throwable> whatAnExecutorThrows() {
    return Stream.of(
        new RejectedExecutionException(),
        new IllegalStateException("the component is stopped"),
        new InternalError("unable to create native thread"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void hurl(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void looksUpAnewWhenMemoryWasShortMeanwhile() {
    Names names =
        new Names(
            Runnable::run,
            host -> {
              if (asked++ == 0) {
                throw new InternalError("Java heap space");
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

  @Test
  void believesAFailureForHalfAMinuteWhateverIsLookedUp() throws Exception {
    InetAddress first = InetAddress.getByName("192.0.2.1");
    InetAddress second = InetAddress.getByName("192.0.2.2");
    Names names = names(first, second);
    names.of("vendor.test");

    now = SECONDS.toNanos(20);
    names.forget("vendor.test", first);
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(second);

    now = SECONDS.toNanos(31);
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(second);
    assertThat(asked).isEqualTo(2);
    now = SECONDS.toNanos(49);
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(second);

    now = SECONDS.toNanos(51);
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(first);
    names.forget("vendor.test", second);
    assertThat(names.of("vendor.test").toCompletableFuture()).isCompletedWithValue(first);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void staysWithTheFamilyOfTheFirstAddress() throws Exception {
    InetAddress four = InetAddress.getByName("192.0.2.1");
    InetAddress six = InetAddress.getByName("2001:db8::1");
    InetAddress otherSix = InetAddress.getByName("2001:db8::2");
    Names fourFirst = names(four, six);
    fourFirst.of("vendor.test");
    fourFirst.forget("vendor.test", four);
    assertThat(fourFirst.of("vendor.test").toCompletableFuture()).isCompletedWithValue(four);

    Names sixFirst = names(six, four, otherSix);
    sixFirst.of("vendor.test");
    sixFirst.forget("vendor.test", six);
    assertThat(sixFirst.of("vendor.test").toCompletableFuture()).isCompletedWithValue(otherSix);
  }

  private Names names(InetAddress... found) {
    return new Names(
        Runnable::run,
        host -> {
          asked++;
          return found;
        },
        () -> now);
  }

  private InetAddress[] address() {
    asked++;
    return new InetAddress[] {HERE};
  }
}
