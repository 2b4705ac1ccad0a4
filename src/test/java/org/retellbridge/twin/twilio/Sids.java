package org.retellbridge.twin.twilio;

import java.util.UUID;

/** Makes SIDs: two letters and 32 hexadecimal digits. */
final class Sids {

  private Sids() {}

  static String next(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "");
  }
}
