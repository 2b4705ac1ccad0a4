package org.retellbridge.foundation.resilience;

/** Something that wants new calls to go elsewhere. Implementations are CDI beans. */
public interface Standby {

  /** Whether this node shall get no new calls just now. */
  boolean wanted();
}
