package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;

class FunctionMetersTest {
  /** An alert sees the first of what nobody knows only if it was 0 before. */
  @Test
  void showsEffectsOfWhichNobodyKnowsFromTheStart() {
    Metrics metrics = new Metrics();
    FunctionDiscovery found =
        new FunctionDiscovery() {
          @Override
          public Set<Class<?>> classes() {
            return Set.of(Acting.class, Looking.class);
          }
        };

    new FunctionMeters(found, metrics);

    assertThat(metrics.scrape())
        .contains("bridge_effects_unknown_total{kind=\"acme-book_table\"} 0.0")
        .contains("bridge_repeats_total{what=\"acme_hours\"} 0.0")
        .doesNotContain("kind=\"acme_hours\"");
  }

  /** Acts. */
  @Path("/acme/book_table")
  public static class Acting {
    @POST
    @RetellFunction(name = "book_table")
    public void book() {}
  }

  /** Only looks. */
  @Path("/acme_hours")
  public static class Looking {
    @POST
    @RetellFunction(name = "hours", effect = RetellFunction.Effect.NONE)
    public void look() {}
  }
}
