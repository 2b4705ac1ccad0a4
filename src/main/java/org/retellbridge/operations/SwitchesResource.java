package org.retellbridge.operations;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.problems.Problem;

/** What operators turn while calls run: who gets the agent, and draining. */
@Path("/switches")
@ApplicationScoped
@OperatorsOnly
public class SwitchesResource {
  private static final System.Logger LOGGER = System.getLogger(SwitchesResource.class.getName());
  private static final int LARGEST = 4 * 1024;

  private SwitchPanel panel;

  public SwitchesResource() {}

  @Inject
  SwitchesResource(SwitchPanel panel) {
    this.panel = panel;
  }

  @GET
  public Response look() {
    return json(panel.json().build());
  }

  /** A JSON object with some of {@code ai_share}, {@code ai_hours} and {@code drain}. */
  @PUT
  public CompletionStage<Response> turn(InputStream body) throws IOException {
    Optional<JsonObject> json = JsonText.parseObject(body.readNBytes(LARGEST));
    if (json.isEmpty()) {
      return refused("A JSON object of at most 4 KiB is wanted, with ai_share, ai_hours or drain");
    }
    try {
      return turn(SwitchOrder.parse(json.get()));
    } catch (IllegalArgumentException e) {
      return refused(e.getMessage());
    }
  }

  private CompletionStage<Response> turn(SwitchOrder order) {
    return panel
        .turn(order)
        .thenApply(
            now -> {
              LOGGER.log(INFO, "An operator turned switches: {0}", now);
              return json(now);
            })
        .exceptionally(
            thrown ->
                WithoutLedger.answer(thrown, SwitchPanel.UNCERTAIN + "; look at GET /switches"));
  }

  private static CompletionStage<Response> refused(String why) {
    return CompletableFuture.completedStage(Problem.of(400, why).response());
  }

  private static Response json(JsonObject now) {
    return Response.ok(now.toString(), MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }
}
