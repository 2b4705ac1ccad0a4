package org.retellbridge.harness.server;

import java.util.List;

/**
 * Options of Java for a server that lives for one class of tests: the thorough compiler would use
 * as much of the processor as the launch itself and be done when the tests are over, and a heap and
 * a metaspace that grow are collected whole while they do.
 */
public final class ShortLife {
  public static final List<String> OPTIONS =
      List.of("-Xms256m", "-Xmx512m", "-XX:MetaspaceSize=192m", "-XX:TieredStopAtLevel=1");

  private ShortLife() {}
}
