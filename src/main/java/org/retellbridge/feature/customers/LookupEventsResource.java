package org.retellbridge.feature.customers;

import static org.retellbridge.partner.retell.functions.CallerSource.METADATA_FIRST;
import static org.retellbridge.partner.retell.functions.CallerSource.VARIABLES_FIRST;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionStage;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.retell.functions.RetellFunction;
import org.retellbridge.partner.retell.functions.RetellFunction.Effect;
import org.retellbridge.partner.segment.CustomerKey;

/** What the caller did lately. */
@Path("/")
@ApplicationScoped
public class LookupEventsResource {
  private static final String DESCRIPTION =
      "Looks up what the caller did in the last two weeks, such as earlier orders: at most ten"
          + " events, the newest first. An empty list means that nothing is on record."
          + " An error 404 means that nobody knows who calls, because the number is withheld: go on"
          + " without it.";

  private LookUp lookUp;

  public LookupEventsResource() {}

  @Inject
  LookupEventsResource(LookUp lookUp) {
    this.lookUp = lookUp;
  }

  @POST
  @Path("/lookup_events")
  @RetellFunction(name = "lookup_events", description = DESCRIPTION, effect = Effect.NONE)
  public CompletionStage<Answer> lookupEvents(FunctionCall call) {
    return lookUp.events(call.caller(METADATA_FIRST).map(CustomerKey::of));
  }

  @POST
  @Path("/lookup_events_dyn")
  @RetellFunction(name = "lookup_events_dyn", description = DESCRIPTION, effect = Effect.NONE)
  public CompletionStage<Answer> lookupEventsDyn(FunctionCall call) {
    return lookUp.events(call.caller(VARIABLES_FIRST).map(CustomerKey::of));
  }
}
