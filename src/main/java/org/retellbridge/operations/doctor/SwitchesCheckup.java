package org.retellbridge.operations.doctor;

import static org.retellbridge.foundation.settings.Catalogue.AI_HOURS;
import static org.retellbridge.foundation.settings.Catalogue.AI_SHARE;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Diagnosis.Result;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.switches.AgentSwitches;
import org.retellbridge.foundation.switches.Draining;

/** Says what keeps calls from the agent at this moment: the settings, and what was switched. */
@ApplicationScoped
public class SwitchesCheckup implements Checkup {
  private static final int ALL = 100;

  private AgentSwitches switches;
  private Draining draining;
  private Clock clock;

  SwitchesCheckup() {}

  @Inject
  SwitchesCheckup(AgentSwitches switches, Draining draining) {
    this(switches, draining, Clock.systemUTC());
  }

  SwitchesCheckup(AgentSwitches switches, Draining draining, Clock clock) {
    this.switches = switches;
    this.draining = draining;
    this.clock = clock;
  }

  @Override
  public CompletionStage<List<Diagnosis>> examine() {
    return CompletableFuture.completedStage(
        draining.on() ? List.of(drain(), hours(), share()) : List.of(hours(), share()));
  }

  /** No setting: only an operator begins it, and may forget to end it. */
  private static Diagnosis drain() {
    return new Diagnosis(
        "drain",
        Result.UNKNOWN,
        "This node drains: every call goes down the fallback ladder.",
        "That is right before a stop; else end it by the switch.");
  }

  private Diagnosis hours() {
    if (!switches.known()) {
      return unread(AI_HOURS, hoursNow().sentence());
    }
    return hoursNow();
  }

  private Diagnosis share() {
    if (!switches.known()) {
      return unread(AI_SHARE, shareNow().sentence());
    }
    return shareNow();
  }

  /** What the ledger holds may say the contrary. */
  private static Diagnosis unread(Setting<?> setting, String bySetting) {
    return Diagnosis.unknown(
        setting,
        "The ledger was not read since the start, so it is not known what operators switched. "
            + bySetting,
        "Mend the ledger; the state says why it is down. What must hold meanwhile is set in the"
            + " setting too.");
  }

  private Diagnosis hoursNow() {
    return switches.hours().include(clock.instant())
        ? Diagnosis.ok(AI_HOURS, by(AI_HOURS) + "this moment is within the agent's hours.")
        : Diagnosis.unknown(
            AI_HOURS,
            by(AI_HOURS)
                + "this moment is outside the agent's hours: every call goes down the fallback"
                + " ladder.",
            "That is right outside your hours; else correct it, or turn the switch.");
  }

  private Diagnosis shareNow() {
    int share = switches.share();
    String sentence = by(AI_SHARE) + share + " of 100 calls are for the agent.";
    return share == ALL
        ? Diagnosis.ok(AI_SHARE, sentence)
        : Diagnosis.unknown(
            AI_SHARE, sentence, "The others go down the fallback ladder, if that is wanted.");
  }

  private String by(Setting<?> setting) {
    return switches.changed(setting)
        ? "By an operator's switch, which stands before it, "
        : "By it ";
  }
}
