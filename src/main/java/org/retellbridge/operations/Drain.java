package org.retellbridge.operations;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.switches.Draining;

/** What an operator may want of draining. */
enum Drain {
  THIS_NODE {
    @Override
    CompletionStage<Void> on(Draining draining) {
      draining.drainHere();
      return keep();
    }
  },
  ALL_NODES {
    @Override
    CompletionStage<Void> on(Draining draining) {
      return draining.drainAll();
    }
  },
  END {
    @Override
    CompletionStage<Void> on(Draining draining) {
      return draining.end();
    }
  };

  abstract CompletionStage<Void> on(Draining draining);

  static CompletionStage<Void> keep() {
    return CompletableFuture.completedStage(null);
  }
}
