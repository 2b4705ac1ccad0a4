package org.retellbridge.foundation.telephony;

/** Under which names the bridge tells others of a call, and hears of it again. */
public final class CallFields {
  /** Twilio's name of the leg that the bridge was asked about. */
  public static final String CALL_SID = "twilio_call_sid";

  /** Twilio's name of the caller's own leg, by which people find the whole call. */
  public static final String ORIGINAL_CALL_SID = "original_call_sid";

  /** Whom the call is about. */
  public static final String CALLER = "caller";

  /** Where on the fallback ladder the call is: who cannot take it sends it on from there. */
  public static final String RUNG = "rung";

  private CallFields() {}
}
