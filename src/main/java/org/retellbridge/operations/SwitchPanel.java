package org.retellbridge.operations;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.LedgerDown;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.switches.AgentSwitches;
import org.retellbridge.foundation.switches.Draining;
import org.retellbridge.foundation.switches.UnderWay;

/** The operators' switches as JSON, to look at and to turn. */
@ApplicationScoped
public class SwitchPanel {
  /** For people, when {@link #turn} failed because the ledger is down. */
  public static final String UNCERTAIN =
      "The ledger is down: it is not certain whether anything was changed";

  private static final System.Logger LOGGER = System.getLogger(SwitchPanel.class.getName());
  private static final String UNREAD = "setting, the ledger was not read yet";
  private static final String ENDED_HERE =
      "The ledger is down: this node's own draining is ended, but whether all nodes were told to"
          + " drain could not be looked at; end it again when the ledger is back";

  private AgentSwitches agent;
  private Draining draining;
  private UnderWay underWay;

  SwitchPanel() {}

  @Inject
  public SwitchPanel(AgentSwitches agent, Draining draining, UnderWay underWay) {
    this.agent = agent;
    this.draining = draining;
    this.underWay = underWay;
  }

  /** How this node has them at this moment. */
  JsonObjectBuilder json() {
    return JsonText.object()
        .add("ai_share", agent.share())
        .add("ai_share_from", source(Catalogue.AI_SHARE))
        .add("ai_hours", agent.hours().toString())
        .add("ai_hours_from", source(Catalogue.AI_HOURS))
        .add("draining", draining.on())
        .add("under_way", underWay.count());
  }

  /**
   * Turns what the JSON object names, as {@code PUT /switches} does. Fails when the ledger is down
   * and was needed; then it is not certain whether anything changed, but for {@link DoneInPart}.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  public CompletionStage<JsonObject> turn(JsonObject order) {
    return turn(SwitchOrder.parse(order));
  }

  /** The same for an order that was read. */
  CompletionStage<JsonObject> turn(SwitchOrder order) {
    return agent
        .change(
            order.values(), order.drain().map(drain -> drain.written(draining)).orElse(Map.of()))
        .exceptionally(
            thrown -> {
              throw inPart(order, thrown);
            })
        .thenApply(
            none -> {
              order.drain().ifPresent(drain -> drain.here(draining));
              return json().build();
            });
  }

  /** A node that drains by itself can end that without the ledger, whatever others were told. */
  private CompletionException inPart(SwitchOrder order, Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof LedgerDown && order.onlyEndsDraining() && draining.onlyHere()) {
      draining.goOnHere();
      LOGGER.log(INFO, "An operator ended draining on this node alone, because the ledger is down");
      return new CompletionException(new DoneInPart(ENDED_HERE, cause));
    }
    return new CompletionException(cause);
  }

  private String source(Setting<?> setting) {
    return agent.changed(setting) ? "switch" : agent.known() ? "setting" : UNREAD;
  }
}
