package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.CallSid;

/** What webhooks said of whose calls they are, for tests of those who ask. */
public final class TestForeignCalls {
  private TestForeignCalls() {}

  public static ForeignCalls none() {
    return new ForeignCalls(TestSettings.of("ACCOUNT_SID", "AC" + "1".repeat(32)));
  }

  public static ForeignCalls of(CallSid callSid) {
    ForeignCalls calls = none();
    String form = "CallSid=" + callSid.value() + "&AccountSid=AC" + "2".repeat(32);
    calls.look(Fields.parse(form.getBytes(UTF_8)));
    return calls;
  }
}
