package org.retellbridge.harness.server;

import java.nio.file.Path;

/** One server, one application at its root. */
interface ApplicationServer {
  /** What the file is called wherever a server wants it by name. */
  String FILE = "twilio-retell-bridge.war";

  /** Makes it ready for {@link #deploy}. */
  void start();

  /** Returns when the server has taken the application, has refused it, or is still at it. */
  void deploy(Path war);

  /** Returns when the application is gone. */
  void undeploy();

  void stop();

  /** Ends the process and starts another one with the same application. */
  void restart();

  /** Where its HTTP is, on 127.0.0.1. */
  int port();

  long pid();

  Place place();

  /** The file with what it logs. */
  Path log();

  /** Whether its process has ended by itself. */
  default boolean gone() {
    return false;
  }

  /** What stands in the log when it has refused the application. */
  String refusal();
}
