package org.retellbridge.foundation.resilience;

import org.retellbridge.foundation.problems.FaultLog;

/** A fault of the bridge inside a request to a vendor is nobody's but the bridge's to tell. */
public final class OwnFault {
  private static final System.Logger LOGGER = System.getLogger(OwnFault.class.getName());

  private OwnFault() {}

  /**
   * What a request past every {@link Guard} came to. Once for each: it writes a line.
   *
   * @param thrown what the stage of the request ended with
   */
  public static VendorFailure told(String vendor, Throwable thrown) {
    return told(vendor, VendorFailure.behind(vendor, thrown), thrown);
  }

  static VendorFailure told(String vendor, VendorFailure failure, Throwable thrown) {
    if (failure.kind() == VendorFailure.Kind.FAULT) {
      FaultLog.tell(
          LOGGER, "Fault of the bridge as it asked " + vendor, VendorFailure.unwrapped(thrown));
    }
    return failure;
  }
}
