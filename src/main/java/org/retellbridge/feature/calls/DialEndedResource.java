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

/** A leg of a call is over, be it the agent's or a rung's of the fallback ladder. */
@Path(OwnPaths.DIAL_ENDED)
@ApplicationScoped
@OnFastPath
@TwilioWebhook
public class DialEndedResource {
  private EndLeg endLeg;

  public DialEndedResource() {}

  @Inject
  DialEndedResource(EndLeg endLeg) {
    this.endLeg = endLeg;
  }

  @POST
  public Response ended() {
    return VoiceAnswer.of(endLeg.next(VoiceWebhook.of(SignedRequest.here())));
  }
}
