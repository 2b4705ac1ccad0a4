package org.retellbridge.foundation.ledger;

import java.util.Optional;
import java.util.regex.Pattern;
import org.retellbridge.foundation.telephony.Caller;

/**
 * Whom a call brings together, as a vendor's event tells it. Something else than an id or an
 * address is taken for untold: the event itself must not fail for it.
 *
 * @param agentId empty text when unknown
 * @param from encrypted at rest; empty text when withheld or unknown
 * @param to encrypted at rest; empty text when unknown
 */
public record Who(String agentId, boolean outbound, String from, String to) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
  private static final Pattern ADDRESS = Pattern.compile("[\\x21-\\x7e]{1,256}");

  /** A web call's ends, or those of a call of which an event told nothing. */
  public static final Who UNKNOWN = new Who("", false, "", "");

  public Who {
    agentId = ID.matcher(agentId).matches() ? agentId : "";
    from = address(from);
    to = address(to);
  }

  /** What is not told is unknown. */
  public static Who of(
      Optional<String> agentId, boolean outbound, Optional<String> from, Optional<String> to) {
    return new Who(agentId.orElse(""), outbound, from.orElse(""), to.orElse(""));
  }

  /** Without the numbers. */
  @Override
  public String toString() {
    return agentId + (outbound ? " calls" : " is called");
  }

  private static String address(String text) {
    return ADDRESS.matcher(text).matches() && !Caller.absent(text) ? text : "";
  }
}
