package org.retellbridge.twin.twilio;

/**
 * A phone number of the account and what it does with calls.
 *
 * @param applicationSid a TwiML App instead of the URLs, empty for none
 */
public record OwnedNumber(
    String sid,
    String phoneNumber,
    String voiceUrl,
    String voiceMethod,
    String voiceFallbackUrl,
    String applicationSid,
    boolean sms) {

  static OwnedNumber of(String phoneNumber, String voiceUrl, String voiceFallbackUrl) {
    return new OwnedNumber(
        Sids.next("PN"), phoneNumber, voiceUrl, "POST", voiceFallbackUrl, "", true);
  }

  public OwnedNumber withoutSms() {
    return new OwnedNumber(
        sid, phoneNumber, voiceUrl, voiceMethod, voiceFallbackUrl, applicationSid, false);
  }
}
