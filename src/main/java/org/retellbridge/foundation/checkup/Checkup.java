package org.retellbridge.foundation.checkup;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Examines some settings against the vendor they belong to. It changes nothing there, asks only
 * addresses that are configured, and completes also when the vendor is down. Implementations are
 * CDI beans.
 */
public interface Checkup {

  /** One diagnosis for each setting that is there, and for those that are missed. */
  CompletionStage<List<Diagnosis>> examine();
}
