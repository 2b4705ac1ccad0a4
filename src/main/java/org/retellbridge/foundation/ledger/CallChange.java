package org.retellbridge.foundation.ledger;

import java.time.Instant;
import org.retellbridge.foundation.telephony.CallId;

/** Something that happened to a call; the changes may arrive in any order. */
sealed interface CallChange {
  record Started(CallRecord call) implements CallChange {}

  record Ended(CallId callId, Instant at, String reason) implements CallChange {}

  record Analysed(CallId callId, String analysis, Instant at) implements CallChange {}
}
