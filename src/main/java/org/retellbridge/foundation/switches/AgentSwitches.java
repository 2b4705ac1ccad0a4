package org.retellbridge.foundation.switches;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.hours.WeeklyHours;
import org.retellbridge.foundation.ledger.Switches;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/**
 * Which calls the agent gets: the settings' words until an operator says otherwise. A change is
 * seen by every node within seconds; while the ledger is down the values known last hold.
 */
@ApplicationScoped
public class AgentSwitches {
  private Settings settings;
  private Board board;
  private volatile Read<WeeklyHours> hours;

  AgentSwitches() {}

  @Inject
  AgentSwitches(Settings settings, Switches switches) {
    this(settings, Board.of(switches));
  }

  AgentSwitches(Settings settings, Board board) {
    this.settings = settings;
    this.board = board;
  }

  /** How many of 100 calls go to the agent. */
  public int share() {
    return switched(Catalogue.AI_SHARE).orElseGet(() -> settings.get(Catalogue.AI_SHARE));
  }

  /** When calls go to the agent. */
  public WeeklyHours hours() {
    Optional<String> text = board.get(Catalogue.AI_HOURS.variable());
    if (text.isEmpty()) {
      return settings.get(Catalogue.AI_HOURS);
    }
    Read<WeeklyHours> last = hours;
    if (last == null || !last.text().equals(text.get())) {
      last = new Read<>(text.get(), parsed(Catalogue.AI_HOURS, text.get()));
      hours = last;
    }
    return last.value().orElseGet(() -> settings.get(Catalogue.AI_HOURS));
  }

  /** Whether an operator changed it; else the setting holds. */
  public boolean changed(Setting<?> setting) {
    return board.get(setting.variable()).isPresent();
  }

  /**
   * Whether it is known what operators switched; after a start without the ledger it is not, and
   * the settings hold.
   */
  public boolean known() {
    return board.read();
  }

  /**
   * Changes switches, all or none; fails when the ledger is down.
   *
   * @param values by setting; empty for what the setting says
   * @param others what {@link Draining} wants written with them, by name
   */
  public CompletionStage<Void> change(
      Map<Setting<?>, Optional<?>> values, Map<String, Optional<String>> others) {
    Map<String, Optional<String>> texts = new LinkedHashMap<>(others);
    values.forEach((setting, value) -> texts.put(setting.variable(), value.map(Object::toString)));
    return texts.isEmpty() ? CompletableFuture.completedStage(null) : board.change(texts);
  }

  private <T> Optional<T> switched(Setting<T> setting) {
    return board.get(setting.variable()).flatMap(text -> parsed(setting, text));
  }

  /** Another version of the bridge may have written what this one cannot read. */
  private static <T> Optional<T> parsed(Setting<T> setting, String text) {
    try {
      return Optional.of(setting.parser().apply(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private record Read<T>(String text, Optional<T> value) {}
}
