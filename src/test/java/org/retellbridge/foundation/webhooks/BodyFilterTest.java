package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;

/** Strangers have filled a vendor's account with bodies that do not end. */
class BodyFilterTest {
  private static final int SOME = 64 * 1024;

  private final Proofs twin = new OnlyTwin(2 * Body.SHORT);
  private final BodyBudget budget = new BodyBudget();
  private final List<Integer> served = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final BodyFilter filter = new BodyFilter();

  BodyFilterTest() {
    Refusals refusals =
        new Refusals(twin, new Metrics(), new LineLimit(System::nanoTime)) {
          @Override
          void answer(
              Refusal refusal,
              String vendor,
              HttpServletRequest request,
              HttpServletResponse response) {
            refused.add(refusal);
          }
        };
    filter.wire(budget, twin, null, new FastPath(), refusals, new PublicUrls());
    fill(budget.account("twin"));
  }

  private static void fill(BodyBudget.Account account) {
    while (account.reserve(SOME)) {
      assertThat(account.held()).isPositive();
    }
    while (account.reserve(1)) {
      assertThat(account.held()).isPositive();
    }
  }

  @Test
  void servesAWebhookWhoseBodyIsThere() throws Exception {
    receive(300);
    receive(Body.SHORT);
    assertThat(refused).isEmpty();
    assertThat(served).containsExactly(300, Body.SHORT);
  }

  @Test
  void refusesWhatIsLong() throws Exception {
    receive(Body.SHORT + 1);
    assertThat(refused).containsExactly(Refusal.BUSY);
    assertThat(served).isEmpty();
  }

  private void receive(int length) throws Exception {
    HttpServletRequest request =
        FakeRequest.post("/start")
            .header(OnlyTwin.HEADER, "of the right length")
            .body("text/plain", new byte[length])
            .servlet();
    FilterChain chain =
        (inner, response) -> served.add(inner.getInputStream().readAllBytes().length);
    filter.doFilter(request, null, chain);
  }
}
