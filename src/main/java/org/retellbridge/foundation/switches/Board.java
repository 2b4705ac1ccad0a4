package org.retellbridge.foundation.switches;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.Switches;

/** Where switches are kept: the ledger. */
interface Board {

  /** From memory. */
  Optional<String> get(String name);

  /** Whether the ledger was read since the start. */
  boolean read();

  /** How they stood at the start; empty when the ledger was not to be read then. */
  Optional<Map<String, String>> found();

  /** All or none; an empty value forgets the switch. */
  CompletionStage<Void> change(Map<String, Optional<String>> values);

  static Board of(Switches switches) {
    return new Board() {
      @Override
      public Optional<String> get(String name) {
        return switches.get(name);
      }

      @Override
      public boolean read() {
        return switches.read();
      }

      @Override
      public Optional<Map<String, String>> found() {
        return switches.found();
      }

      @Override
      public CompletionStage<Void> change(Map<String, Optional<String>> values) {
        return switches.change(values);
      }
    };
  }
}
