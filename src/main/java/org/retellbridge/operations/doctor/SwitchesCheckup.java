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
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.switches.AgentSwitches;

/** Says whether calls go to the agent at this moment, by the settings and by what was switched. */
@ApplicationScoped
public class SwitchesCheckup implements Checkup {
  private static final int ALL = 100;

  private AgentSwitches switches;
  private Clock clock;

  SwitchesCheckup() {}

  @Inject
  SwitchesCheckup(AgentSwitches switches) {
    this(switches, Clock.systemUTC());
  }

  SwitchesCheckup(AgentSwitches switches, Clock clock) {
    this.switches = switches;
    this.clock = clock;
  }

  @Override
  public CompletionStage<List<Diagnosis>> examine() {
    return CompletableFuture.completedStage(List.of(hours(), share()));
  }

  private Diagnosis hours() {
    return switches.hours().include(clock.instant())
        ? Diagnosis.ok(AI_HOURS, by(AI_HOURS) + "calls go to the agent at this moment.")
        : Diagnosis.unknown(
            AI_HOURS,
            by(AI_HOURS) + "every call goes down the fallback ladder at this moment.",
            "That is right outside your hours; else correct it, or turn the switch.");
  }

  private Diagnosis share() {
    int share = switches.share();
    String sentence = by(AI_SHARE) + share + " of 100 calls go to the agent.";
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
