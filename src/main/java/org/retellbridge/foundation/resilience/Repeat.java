package org.retellbridge.foundation.resilience;

import static org.retellbridge.foundation.resilience.VendorFailure.Kind.BROKEN;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.BUSY;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.CUT;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.UNREACHABLE;

import java.util.Set;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;

/** After which failures an effect may be asked for once more. */
public enum Repeat {
  /** The vendor surely did nothing: for what must not happen twice. */
  IF_NOTHING_HAPPENED(Set.of(UNREACHABLE, BUSY)),
  /** It may have acted: for what comes to the same when it happens twice. */
  IF_HARMLESS(Set.of(UNREACHABLE, BUSY, BROKEN, CUT));

  private final Set<Kind> kinds;

  Repeat(Set<Kind> kinds) {
    this.kinds = kinds;
  }

  boolean after(Kind kind) {
    return kinds.contains(kind);
  }
}
