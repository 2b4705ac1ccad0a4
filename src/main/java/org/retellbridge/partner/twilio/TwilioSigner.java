package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/** Signs as Twilio does, to find out whether what Twilio signs would arrive as it was sent. */
public final class TwilioSigner {
  private final TwilioSignature signature;

  private TwilioSigner(TwilioSignature signature) {
    this.signature = signature;
  }

  /** With the first of {@code AUTH_TOKEN}. */
  public static TwilioSigner of(Settings settings) {
    return new TwilioSigner(new TwilioSignature(settings.get(Catalogue.AUTH_TOKEN)));
  }

  /**
   * {@code X-Twilio-Signature} of a form that is posted.
   *
   * @param url whole, as it is requested
   * @param form encoded as it is sent
   */
  public String header(String url, String form) {
    return signature.header(url, Fields.parse(form.getBytes(UTF_8)));
  }
}
