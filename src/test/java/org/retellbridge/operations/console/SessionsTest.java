package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");

  private final Sessions sessions = sessions("key", NOW);

  @Test
  void knowsItsOwnTicketOnEveryNode() {
    String ticket = sessions.open();
    Session session = sessions("key", NOW).of(ticket).orElseThrow();
    assertThat(session.ends()).isEqualTo(NOW.plus(Sessions.LENGTH));
    assertThat(sessions.of(ticket)).hasValue(session);
    assertThat(sessions.of(sessions.open()).orElseThrow().name()).isNotEqualTo(session.name());
  }

  @Test
  void knowsNoTicketOfAnotherToken() {
    assertThat(sessions("other", NOW).of(sessions.open())).isEmpty();
  }

  @Test
  void endsASession() {
    String ticket = sessions.open();
    Instant end = NOW.plus(Sessions.LENGTH);
    assertThat(sessions("key", end.minusMillis(1)).of(ticket)).isPresent();
    assertThat(sessions("key", end).of(ticket)).isEmpty();
  }

  @Test
  void knowsNoTicketThatSomebodyChanged() {
    String ticket = sessions.open();
    for (int i = 0; i < ticket.length(); i++) {
      char changed = ticket.charAt(i) == '1' ? '2' : '1';
      String other = ticket.substring(0, i) + changed + ticket.substring(i + 1);
      assertThat(sessions.of(other)).as(other).isEmpty();
    }
    assertThat(sessions.of("")).isEmpty();
    assertThat(sessions.of(ticket + "A")).isEmpty();
  }

  @Test
  void givesEachSessionAFormTokenOfItsOwn() {
    Session one = sessions.of(sessions.open()).orElseThrow();
    Session other = sessions.of(sessions.open()).orElseThrow();
    assertThat(sessions.fromItsPage(one, one.formToken())).isTrue();
    assertThat(sessions.fromItsPage(one, other.formToken())).isFalse();
    assertThat(sessions.fromItsPage(one, "")).isFalse();
  }

  @Test
  void doesNotShowTheFormTokenInTheTicket() {
    String ticket = sessions.open();
    assertThat(ticket).doesNotContain(sessions.of(ticket).orElseThrow().formToken());
  }

  private static Sessions sessions(String key, Instant now) {
    return new Sessions(
        (key + " ticket").getBytes(), (key + " form").getBytes(), Clock.fixed(now, ZoneOffset.UTC));
  }
}
