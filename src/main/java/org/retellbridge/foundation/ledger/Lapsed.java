package org.retellbridge.foundation.ledger;

import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/** An effect whose process died while it was at it: nobody knows whether it happened. */
record Lapsed(String function, Optional<CallSid> callSid, Optional<CallId> callId) {

  static Lapsed of(Tables tables, String id) {
    return tables
        .handle()
        .createQuery("select function_name, call_id from effects where id = ?")
        .bind(0, id)
        .map((row, context) -> of(tables, row.getString(1), row.getString(2)))
        .one();
  }

  /** Without a {@code call_id} an effect belongs to a CallSid. */
  private static Lapsed of(Tables tables, String function, String call) {
    Optional<CallSid> sid = CallSid.parse(call);
    Optional<CallId> id = sid.isPresent() ? Optional.empty() : CallId.parse(call);
    return new Lapsed(
        function,
        sid.or(() -> id.flatMap(known -> CallRows.callSid(tables, known)).flatMap(CallSid::parse)),
        id);
  }
}
