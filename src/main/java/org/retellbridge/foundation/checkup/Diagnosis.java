package org.retellbridge.foundation.checkup;

import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Setting;

/**
 * What was found of one setting. Neither sentence holds a secret or a number.
 *
 * @param setting the environment variable
 * @param sentence what was seen
 * @param advice what to set or do; empty when all is well
 */
public record Diagnosis(String setting, Result result, String sentence, String advice) {

  /** How it stands with a setting. */
  public enum Result {
    OK,
    WRONG,
    /** Nobody but a person can tell, or the vendor could not be asked. */
    UNKNOWN,
    /** There is nothing that could be asked without an effect. */
    NOT_EXAMINED,
    /** It is absent, which is no fault. */
    NOT_SET
  }

  public static Diagnosis ok(Setting<?> setting, String sentence) {
    return new Diagnosis(setting.variable(), Result.OK, sentence, "");
  }

  public static Diagnosis wrong(Setting<?> setting, String sentence, String advice) {
    return new Diagnosis(setting.variable(), Result.WRONG, sentence, advice);
  }

  public static Diagnosis unknown(Setting<?> setting, String sentence, String advice) {
    return new Diagnosis(setting.variable(), Result.UNKNOWN, sentence, advice);
  }

  /** As it stands in the answer to operators. */
  public JsonObjectBuilder toJson() {
    return JsonText.object()
        .add("setting", setting)
        .add("result", result.name().toLowerCase(Locale.ROOT))
        .add("sentence", sentence)
        .add("advice", advice);
  }
}
