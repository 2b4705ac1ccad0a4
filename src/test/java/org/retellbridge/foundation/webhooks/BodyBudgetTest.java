package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  private final BodyBudget.Account account = new BodyBudget.Account(100);

  @Test
  void givesUpToItsLimit() {
    assertThat(account.reserve(60)).isTrue();
    assertThat(account.reserve(40)).isTrue();
    assertThat(account.reserve(1)).isFalse();
    assertThat(account.held()).isEqualTo(100);
  }

  @Test
  void givesAgainWhatWasReleased() {
    assertThat(account.reserve(100)).isTrue();
    account.release(30);
    assertThat(account.reserve(31)).isFalse();
    assertThat(account.reserve(30)).isTrue();
  }

  @Test
  void keepsAnAccountForEachVendor() {
    BodyBudget budget = new BodyBudget();
    assertThat(budget.account("twilio")).isSameAs(budget.account("twilio"));
    assertThat(budget.account("twilio")).isNotSameAs(budget.account("retell"));
    assertThat(budget.account("twilio").reserve(16L * 1024 * 1024)).isTrue();
  }
}
