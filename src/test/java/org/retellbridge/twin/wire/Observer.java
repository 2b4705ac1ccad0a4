package org.retellbridge.twin.wire;

/** Sees what reaches a server and what leaves it. */
public interface Observer {

  /** A request has come in whole. */
  void came(Request request);

  /**
   * A request is done with.
   *
   * @param reply what the vendor had to say; status 0 where it never got to act
   * @param mishap the fault that happened on the way, or an empty text
   */
  void answered(Request request, Reply reply, String mishap);
}
