package org.retellbridge.foundation.switches;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.Switches;

/** Where switches are kept: the ledger. */
interface Board {

  /** From memory. */
  Optional<String> get(String name);

  /** All or none; an empty value forgets the switch. */
  CompletionStage<Void> change(Map<String, Optional<String>> values);

  static Board of(Switches switches) {
    return new Board() {
      @Override
      public Optional<String> get(String name) {
        return switches.get(name);
      }

      @Override
      public CompletionStage<Void> change(Map<String, Optional<String>> values) {
        return switches.change(values);
      }
    };
  }
}
