package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** Compares secrets without telling, by the time it takes, how much of a guess was right. */
public final class ConstantTime {
  private ConstantTime() {}

  public static boolean equal(String expected, String presented) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), presented.getBytes(UTF_8));
  }
}
