package org.retellbridge.operations.console;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.operations.SwitchPanel;
import org.retellbridge.operations.WithoutLedger;

/** The switches, on the page. */
@Path("/console/switches")
@ApplicationScoped
@ConsoleSide
public class PanelResource {
  private static final System.Logger LOGGER = System.getLogger(PanelResource.class.getName());

  private SwitchPanel panel;

  public PanelResource() {}

  @Inject
  PanelResource(SwitchPanel panel) {
    this.panel = panel;
  }

  /**
   * Turns what the order names.
   *
   * @param order the JSON object that {@code PUT /switches} takes
   */
  @POST
  public CompletionStage<Response> turn(@QueryParam("order") @DefaultValue("") String order) {
    try {
      JsonObject json =
          JsonText.parseObject(order)
              .orElseThrow(() -> new IllegalArgumentException("A JSON object is wanted"));
      return panel
          .turn(json)
          .thenApply(
              now -> {
                LOGGER.log(INFO, "console: switches are now {0}", now);
                return Reply.json(now.toString());
              })
          .exceptionally(thrown -> WithoutLedger.answer(thrown, SwitchPanel.UNCERTAIN));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedStage(Problem.of(400, e.getMessage()).response());
    }
  }
}
