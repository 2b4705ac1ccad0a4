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

/** What the caller told about themselves. */
@Path("/")
@ApplicationScoped
public class SaveCustomerResource {
  private static final String DESCRIPTION =
      "Saves or updates the caller's name, phone number and address, and whatever further arguments"
          + " the tool has. Use it when the caller has given or corrected them. A look-up shows the"
          + " change after some seconds.";

  private SaveCustomer saveCustomer;

  public SaveCustomerResource() {}

  @Inject
  SaveCustomerResource(SaveCustomer saveCustomer) {
    this.saveCustomer = saveCustomer;
  }

  @POST
  @Path("/save_customer")
  @RetellFunction(
      name = "save_customer",
      description = DESCRIPTION,
      arguments = CustomerDetails.class,
      effect = RetellFunction.Effect.OWED_LATEST)
  public CompletionStage<Answer> saveCustomer(FunctionCall call) {
    return saveCustomer.save(call, call.caller(METADATA_FIRST));
  }

  @POST
  @Path("/save_customer_dyn")
  @RetellFunction(
      name = "save_customer_dyn",
      description = DESCRIPTION,
      arguments = CustomerDetails.class,
      effect = RetellFunction.Effect.OWED_LATEST)
  public CompletionStage<Answer> saveCustomerDyn(FunctionCall call) {
    return saveCustomer.save(call, call.caller(VARIABLES_FIRST));
  }
}
