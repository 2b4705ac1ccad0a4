package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.ledger.History.After;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

class HistoryOnPostgresTest extends HistoryContract {
  private final String url = PostgresServer.database();

  @Override
  Place place() {
    return new DatabaseAt(url);
  }

  @Test
  void hearsOfACallOnAnotherNodeBeforeItIsWritten() {
    CallSid sid = new CallSid("CA" + "7".repeat(32));
    CallId id = new CallId("call_7");
    Watch watch = new Watch();
    try (Books other = Books.open(Books.config(place(), folder, watch))) {
      Books.get(
          other.ledger.vendorEvents.firstTime(
              "call_started", id, "", "{}", Optional.of(CallNews.began(watch.instant()))));
      assertThat(Books.get(other.ledger.history.calls(false, After.NOTHING, 5)))
          .extracting(PhoneCall::key)
          .containsExactly(id.value());
      try (Books one = Books.open(Books.config(place(), folder, watch))) {
        one.ledger.journal.arrived(sid, false, "+61491570006", "+61255500000");
        one.ledger.calls.started(sid, id, "agent_1", false, "+61491570006", "+61255500000");
      }
      assertThat(Books.get(other.ledger.history.calls(false, After.NOTHING, 5)))
          .extracting(PhoneCall::key)
          .containsExactly(sid.value());
    }
  }
}
