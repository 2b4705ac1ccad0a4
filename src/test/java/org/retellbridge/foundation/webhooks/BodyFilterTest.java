package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;

/** Strangers have filled a vendor's account with bodies that do not end. */
class BodyFilterTest {
  private static final String SIGNATURE = "X-Twin";
  private static final int SOME = 64 * 1024;

  private final BodyBudget budget = new BodyBudget();
  private final List<Integer> served = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final BodyFilter filter = new BodyFilter();

  BodyFilterTest() {
    Refusals refusals =
        new Refusals(new OnlyTwin(), new Metrics(), new LineLimit(System::nanoTime)) {
          @Override
          void answer(
              Refusal refusal,
              String vendor,
              HttpServletRequest request,
              HttpServletResponse response) {
            refused.add(refusal);
          }
        };
    filter.wire(budget, new OnlyTwin(), null, new FastPath(), refusals);
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
            .header(SIGNATURE, "of the right length")
            .body("text/plain", new byte[length])
            .servlet();
    FilterChain chain =
        (inner, response) -> served.add(inner.getInputStream().readAllBytes().length);
    filter.doFilter(request, null, chain);
  }

  private static final class OnlyTwin extends Proofs {
    @Override
    List<Proof> claimed(SignedRequest request) {
      return List.of(new TwinProof());
    }

    @Override
    List<String> vendors() {
      return List.of("twin");
    }
  }

  private static final class TwinProof implements Proof {
    @Override
    public String vendor() {
      return "twin";
    }

    @Override
    public String header() {
      return SIGNATURE;
    }

    @Override
    public int bodyLimit() {
      return 2 * Body.SHORT;
    }

    @Override
    public Response.Status refusal() {
      return Response.Status.FORBIDDEN;
    }

    @Override
    public boolean plausible(String signature) {
      return true;
    }

    @Override
    public Verdict verify(SignedRequest request) {
      return Verdict.MISMATCH;
    }

    @Override
    public String checkedWith(SignedRequest request) {
      return "KEY";
    }
  }
}
