package org.retellbridge.operations;

import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.switches.Draining;

/** What an operator may want of draining. */
enum Drain {
  THIS_NODE {
    @Override
    void here(Draining draining) {
      draining.drainHere();
    }
  },
  ALL_NODES {
    @Override
    Map<String, Optional<String>> written(Draining draining) {
      return draining.everywhere();
    }
  },
  END {
    @Override
    Map<String, Optional<String>> written(Draining draining) {
      return draining.nowhere();
    }

    @Override
    void here(Draining draining) {
      draining.goOnHere();
    }
  };

  /** What the ledger has to take first. */
  Map<String, Optional<String>> written(Draining draining) {
    return Map.of();
  }

  /** What follows in this node alone. */
  void here(Draining draining) {}
}
