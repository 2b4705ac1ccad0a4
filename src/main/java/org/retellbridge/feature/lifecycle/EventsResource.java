package org.retellbridge.feature.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.settings.OwnPaths;
import org.retellbridge.foundation.webhooks.OnFastPath;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.partner.retell.events.CallEvent;
import org.retellbridge.partner.retell.events.RetellWebhook;

/** Retell tells how a call goes. It repeats what is not answered with 2xx within ten seconds. */
@Path(OwnPaths.RETELL_EVENTS)
@ApplicationScoped
@OnFastPath
@RetellWebhook
public class EventsResource {
  private Lifecycle lifecycle;

  public EventsResource() {}

  @Inject
  EventsResource(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** 204 as soon as nothing of the event can be lost any more; 503 asks Retell to repeat it. */
  @POST
  public CompletionStage<Response> take() {
    return CallEvent.parse(SignedRequest.here().body())
        .map(event -> lifecycle.take(event).thenApply(EventsResource::answer))
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    Problem.of(400, "The body is not a JSON object with an event").response()));
  }

  private static Response answer(boolean kept) {
    return kept
        ? Response.noContent().build()
        : Problem.of(503, "The event could not be kept").response();
  }
}
