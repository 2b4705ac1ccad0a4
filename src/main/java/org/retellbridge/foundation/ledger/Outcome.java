package org.retellbridge.foundation.ledger;

/** How the work of an effect ended. */
public sealed interface Outcome {
  /** What the agent is told, now and at each repeat. */
  String answer();

  /** It happened. */
  record Done(String answer) implements Outcome {}

  /** It did not happen: a later repeat tries again, and a concurrent one gets this answer. */
  record Failed(String answer) implements Outcome {}

  /** The vendor may have acted: it is never run again, but for {@link Kind#harmlessTwice}. */
  record Unknown(String answer) implements Outcome {}
}
