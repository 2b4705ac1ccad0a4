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

/** What is on record about the caller. */
@Path("/")
@ApplicationScoped
public class LookupResource {
  private static final String DESCRIPTION =
      "Looks up what is on record about the caller, such as name and address. Use it once, at the"
          + " beginning of the call. An empty list means that the caller is not known yet."
          + " An error 404 means that nobody knows who calls, because the number is withheld: go on"
          + " without it.";

  private LookUp lookUp;

  public LookupResource() {}

  @Inject
  LookupResource(LookUp lookUp) {
    this.lookUp = lookUp;
  }

  @POST
  @Path("/lookup")
  @RetellFunction(name = "lookup", description = DESCRIPTION, effect = Effect.NONE)
  public CompletionStage<Answer> lookup(FunctionCall call) {
    return lookUp.traits(call, call.caller(METADATA_FIRST).map(CustomerKey::of));
  }

  @POST
  @Path("/lookup_dyn")
  @RetellFunction(name = "lookup_dyn", description = DESCRIPTION, effect = Effect.NONE)
  public CompletionStage<Answer> lookupDyn(FunctionCall call) {
    return lookUp.traits(call, call.caller(VARIABLES_FIRST).map(CustomerKey::of));
  }

  /** For callers from a browser or an app. */
  @POST
  @Path("/lookup_web")
  @RetellFunction(name = "lookup_web", description = DESCRIPTION, effect = Effect.NONE)
  public CompletionStage<Answer> lookupWeb(FunctionCall call) {
    return lookUp.traits(call, call.caller(METADATA_FIRST).map(CustomerKey::clientId));
  }
}
