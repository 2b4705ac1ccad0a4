package org.retellbridge.partner.twilio;

import java.util.regex.Pattern;

/** Names of TwiML parameters and of task attributes, which come from other people's JSON. */
public final class ParameterNames {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  private ParameterNames() {}

  /**
   * Whether a name may stand in TwiML and in attributes. A hyphen silently breaks the expressions
   * of TaskRouter's workflows.
   */
  public static boolean usable(String name) {
    return FORM.matcher(name).matches();
  }
}
