package org.retellbridge.foundation.checkup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Joins what was found one after the other or at the same time, in this order. */
public final class Diagnoses {
  private Diagnoses() {}

  public static List<Diagnosis> joined(List<Diagnosis> first, List<Diagnosis> second) {
    List<Diagnosis> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /**
   * What was found already, and then what is being asked; fails when one of these does, once all
   * are over.
   */
  public static CompletionStage<List<Diagnosis>> joined(
      List<Diagnosis> first, Iterable<CompletionStage<Diagnosis>> asked) {
    CompletionStage<List<Diagnosis>> all = CompletableFuture.completedStage(first);
    for (CompletionStage<Diagnosis> stage : asked) {
      all = all.thenCombine(stage, (list, one) -> joined(list, List.of(one)));
    }
    return all;
  }
}
