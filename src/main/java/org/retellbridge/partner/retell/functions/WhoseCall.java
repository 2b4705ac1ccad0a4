package org.retellbridge.partner.retell.functions;

import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

/**
 * Which call an invocation belongs to, and whom that is about; never by what a model says.
 *
 * @param told as Retell tells of it in the body
 * @param known what this bridge itself knows of the call that the tool's URL names
 * @param signers the live call that another vendor, who signed the request, names itself
 */
record WhoseCall(Optional<RetellCall> told, Optional<KnownCall> known, Optional<CallSid> signers) {

  WhoseCall in(KnownCall registered) {
    return new WhoseCall(told, Optional.of(registered), signers);
  }

  WhoseCall withoutTranscript() {
    return new WhoseCall(told.map(RetellCall::withoutTranscript), known, signers);
  }

  Optional<CallId> callId() {
    return told.flatMap(RetellCall::callId).or(() -> known.map(KnownCall::callId));
  }

  Optional<CallSid> callSid() {
    return told.flatMap(RetellCall::twilioCallSid)
        .or(() -> known.map(KnownCall::callSid))
        .or(() -> signers);
  }

  Optional<CallSid> originalCallSid() {
    return told.flatMap(RetellCall::originalCallSid).or(this::callSid);
  }

  boolean web() {
    return told.map(RetellCall::web).orElse(false);
  }

  boolean outbound() {
    return told.map(RetellCall::outbound).or(() -> known.map(KnownCall::outbound)).orElse(false);
  }

  Optional<Caller> caller(CallerSource source) {
    return told.flatMap(call -> call.caller(source)).or(() -> known.flatMap(KnownCall::caller));
  }
}
