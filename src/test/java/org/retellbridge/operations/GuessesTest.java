package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.retellbridge.Logged;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.webhooks.FakeRequest;
import org.retellbridge.foundation.webhooks.LineLimit;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.operations.Guesses.Door;
import org.retellbridge.operations.LoginAttempts.Attempt;

class GuessesTest {
  private final AtomicLong now = new AtomicLong();
  private final Metrics metrics = new Metrics();
  private final Guesses guesses =
      new Guesses(
          new LoginAttempts(now::get),
          new ClientAddress(TestSettings.of("TRUST_FORWARDED_HEADERS", "true")),
          metrics,
          new LineLimit(now::get));

  /** From many addresses, since one is slowed. */
  @Test
  void writesOneLineASecondOfManyGuesses() {
    try (Logged log = Logged.by(Guesses.class)) {
      for (int i = 0; i < 100; i++) {
        assertThat(guess(Door.LOGIN, "198.51.100." + i).early()).isFalse();
      }
      assertThat(log.lines())
          .containsExactly(
              "WARNING Refused POST /console/login from 198.51.100.x: wrong operations token");

      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      guess(Door.LOGIN, "2001:db8:1:2:3:4:5:6");
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(1))
          .contains("from 2001:0db8:0001:…: ")
          .endsWith("; 99 more since the last such line");
    }
    assertThat(metrics.scrape())
        .contains("bridge_operators_refused_total{door=\"login\",reason=\"wrong\"} 101.0")
        .contains("bridge_operators_refused_total{door=\"token\",reason=\"wrong\"} 0.0");
  }

  /** Else a guess would cost no time, and only the last one of many would have to be right. */
  @Test
  void looksAtNoTokenWhileSomebodyHasToWait() {
    for (int i = 0; i < 3; i++) {
      guess(Door.TOKEN, "198.51.100.9");
    }
    try (Logged log = Logged.by(Guesses.class)) {
      assertThat(right(Door.TOKEN, "198.51.100.9").early()).isTrue();
      assertThat(log.lines())
          .containsExactly(
              "WARNING Refused POST /console/login from 198.51.100.x: after wrong operations tokens"
                  + " none is looked at for 2 s");
    }
    assertThat(metrics.scrape())
        .contains("bridge_operators_refused_total{door=\"token\",reason=\"early\"} 1.0");
    assertThat(right(Door.TOKEN, "198.51.100.10").right()).isTrue();
    assertThat(right(Door.LOGIN, "198.51.100.9").right()).isTrue();

    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(right(Door.TOKEN, "198.51.100.9").right()).isTrue();
  }

  /** A server that stops is drained from there, whoever guesses meanwhile. */
  @Test
  void opensWithTheRightTokenOnTheNodeItself() {
    SignedRequest here = FakeRequest.post("/switches").from("127.0.0.1").signed();
    for (int i = 0; i < 4; i++) {
      guesses.attempt(Door.TOKEN, here, () -> false);
    }
    assertThat(guesses.attempt(Door.TOKEN, here, () -> false).early()).isTrue();
    assertThat(guesses.attempt(Door.TOKEN, here, () -> true).right()).isTrue();
    assertThat(guesses.attempt(Door.TOKEN, here, () -> false).early()).isTrue();
  }

  private Attempt guess(Door door, String address) {
    return guesses.attempt(door, from(address).signed(), () -> false);
  }

  private Attempt right(Door door, String address) {
    return guesses.attempt(door, from(address).signed(), () -> true);
  }

  private static FakeRequest from(String address) {
    return FakeRequest.post("/console/login").header("X-Forwarded-For", address);
  }
}
