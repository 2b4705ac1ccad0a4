package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.retellbridge.Logged;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.webhooks.FakeRequest;
import org.retellbridge.foundation.webhooks.LineLimit;
import org.retellbridge.operations.OperationsToken;

class LoginResourceTest {
  private final AtomicLong now = new AtomicLong();
  private final LoginResource resource =
      new LoginResource(
          new NobodysToken(),
          new Sessions(),
          new LoginAttempts(),
          new ClientAddress(TestSettings.of("TRUST_FORWARDED_HEADERS", "true")),
          new LineLimit(now::get));

  /** From many addresses, since one is slowed. */
  @Test
  void writesOneLineASecondOfManyGuesses() {
    try (Logged log = Logged.by(LoginResource.class)) {
      for (int i = 0; i < 100; i++) {
        guess("198.51.100." + i);
      }
      assertThat(log.lines())
          .containsExactly("WARNING console: somebody tried to log in with a wrong token");

      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      guess("203.0.113.1");
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(1)).endsWith("; 99 more since the last such line");
    }
  }

  private void guess(String address) {
    assertThat(
            resource
                .login(
                    "Bearer a-guess",
                    FakeRequest.post("/console/login").header("X-Forwarded-For", address).servlet())
                .getStatus())
        .isEqualTo(403);
  }

  private static final class NobodysToken extends OperationsToken {
    @Override
    public boolean is(String presented) {
      return false;
    }
  }
}
