package org.retellbridge.foundation.problems;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.UUID;

/**
 * Where something broke, without what its messages say: of a company's function, or of a library,
 * they may hold whatever the customer said ({@code no order 4711 of Mia Example}).
 */
public final class FaultLog {
  private FaultLog() {}

  /**
   * Writes the fault under its id: class names and frames for everybody, the messages for those who
   * let the logger speak at DEBUG.
   */
  public static void tell(System.Logger logger, UUID instance, Throwable fault) {
    tell(logger, "Unexpected fault " + instance, fault);
  }

  /** The same under other words. */
  public static void tell(System.Logger logger, String what, Throwable fault) {
    logger.log(ERROR, what + "\n" + of(fault));
    logger.log(DEBUG, what + ", in full", fault);
  }

  /** As {@link Throwable#printStackTrace}, with causes and what was suppressed. */
  static String of(Throwable fault) {
    StringBuilder text = new StringBuilder();
    write(text, "", fault, Collections.newSetFromMap(new IdentityHashMap<>()));
    return text.toString().stripTrailing();
  }

  private static void write(
      StringBuilder text, String before, Throwable fault, Set<Throwable> written) {
    text.append(before).append(fault.getClass().getName()).append('\n');
    if (!written.add(fault)) {
      return; // a circle
    }
    for (StackTraceElement frame : fault.getStackTrace()) {
      text.append("\tat ").append(frame).append('\n');
    }
    for (Throwable suppressed : fault.getSuppressed()) {
      write(text, "Suppressed: ", suppressed, written);
    }
    if (fault.getCause() != null) {
      write(text, "Caused by: ", fault.getCause(), written);
    }
  }
}
