package org.retellbridge.partner.retell;

import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.telephony.CallId;

/** What came of registering a call. */
public sealed interface Registration {

  /** Retell expects the call; its SIP address works once and for five minutes. */
  record Registered(CallId callId) implements Registration {}

  /** Retell does not expect the call. */
  record NotRegistered(VendorFailure failure) implements Registration {}
}
