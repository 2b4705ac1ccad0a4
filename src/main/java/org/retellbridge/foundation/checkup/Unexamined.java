package org.retellbridge.foundation.checkup;

import java.util.ArrayList;
import java.util.List;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/** Names the settings that nobody could look at: one that is left out would pass for a good one. */
public final class Unexamined {
  private Unexamined() {}

  /**
   * What was found, and each of the others that is set as not examined.
   *
   * @param reason why not, completing "it was not examined, because"
   */
  public static List<Diagnosis> with(
      List<Diagnosis> found, Settings settings, List<? extends Setting<?>> others, String reason) {
    List<Diagnosis> all = new ArrayList<>(found);
    for (Setting<?> other : others) {
      boolean told = found.stream().anyMatch(one -> one.setting().equals(other.variable()));
      if (!told && settings.find(other).isPresent()) {
        all.add(
            Diagnosis.unknown(
                other,
                "It was not examined, because " + reason + ".",
                "See to that first, then examine again."));
      }
    }
    return all;
  }
}
