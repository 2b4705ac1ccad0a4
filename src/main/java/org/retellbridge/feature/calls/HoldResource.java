package org.retellbridge.feature.calls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.retellbridge.foundation.settings.OwnPaths;
import org.retellbridge.foundation.webhooks.OnFastPath;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.partner.twilio.TwilioWebhook;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** A caller waits in a queue for a person. */
@Path(OwnPaths.HOLD)
@ApplicationScoped
@OnFastPath
@TwilioWebhook
public class HoldResource {
  private HoldCaller holdCaller;

  public HoldResource() {}

  @Inject
  HoldResource(HoldCaller holdCaller) {
    this.holdCaller = holdCaller;
  }

  @POST
  public Response hold() {
    return VoiceAnswer.of(holdCaller.next(VoiceWebhook.of(SignedRequest.here())));
  }
}
