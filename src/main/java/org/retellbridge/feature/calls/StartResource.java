package org.retellbridge.feature.calls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.settings.OwnPaths;
import org.retellbridge.foundation.webhooks.OnFastPath;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.partner.twilio.TwilioWebhook;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** A call has come in. */
@Path(OwnPaths.START)
@ApplicationScoped
@OnFastPath
@TwilioWebhook
public class StartResource {
  private StartCall startCall;

  public StartResource() {}

  @Inject
  StartResource(StartCall startCall) {
    this.startCall = startCall;
  }

  /** As Twilio is usually told to ask. */
  @POST
  public CompletionStage<Response> start() {
    return startCall.connect(VoiceWebhook.of(SignedRequest.here())).thenApply(VoiceAnswer::of);
  }

  /** The same for numbers that are set to GET. */
  @GET
  public CompletionStage<Response> startByGet() {
    return start();
  }
}
