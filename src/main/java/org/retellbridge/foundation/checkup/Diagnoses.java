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

  /** What was found already, and then what is being asked. */
  public static CompletionStage<List<Diagnosis>> joined(
      List<Diagnosis> first, Iterable<CompletionStage<Diagnosis>> asked) {
    return all(asked).thenApply(found -> joined(first, found));
  }

  /** What is being asked, in this order; fails when one of these does, once all are over. */
  public static <T> CompletionStage<List<T>> all(Iterable<CompletionStage<T>> asked) {
    CompletionStage<List<T>> all = CompletableFuture.completedStage(List.of());
    for (CompletionStage<T> stage : asked) {
      all = all.thenCombine(stage, Diagnoses::and);
    }
    return all;
  }

  private static <T> List<T> and(List<T> first, T last) {
    List<T> all = new ArrayList<>(first);
    all.add(last);
    return all;
  }
}
