package org.retellbridge.feature.tracking;

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

/** Something that the caller did; the tool's name is the event's. */
@Path("/")
@ApplicationScoped
public class AddEventResource {
  private static final String DESCRIPTION =
      "Records what the caller has just decided or done, such as an order. Use it once, after the"
          + " caller has confirmed it.";

  private AddEvent addEvent;

  public AddEventResource() {}

  @Inject
  AddEventResource(AddEvent addEvent) {
    this.addEvent = addEvent;
  }

  @POST
  @Path("/add_event")
  @RetellFunction(
      namedByEvents = true,
      description = DESCRIPTION,
      arguments = EventDetails.class,
      effect = RetellFunction.Effect.OWED)
  public CompletionStage<Answer> addEvent(FunctionCall call) {
    return addEvent.add(call, call.caller(METADATA_FIRST));
  }

  @POST
  @Path("/add_event_dyn")
  @RetellFunction(
      namedByEvents = true,
      description = DESCRIPTION,
      arguments = EventDetails.class,
      effect = RetellFunction.Effect.OWED)
  public CompletionStage<Answer> addEventDyn(FunctionCall call) {
    return addEvent.add(call, call.caller(VARIABLES_FIRST));
  }
}
