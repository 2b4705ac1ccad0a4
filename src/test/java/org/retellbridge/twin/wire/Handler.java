package org.retellbridge.twin.wire;

/** A vendor's behaviour behind its address. */
@FunctionalInterface
public interface Handler {
  Reply handle(Request request);
}
