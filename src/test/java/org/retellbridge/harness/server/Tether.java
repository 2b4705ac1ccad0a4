package org.retellbridge.harness.server;

/** Lets no process outlive the JVM that started it. */
public final class Tether {
  private Tether() {}

  /**
   * Asks the process to end when this JVM is asked to, and forgets it when it has ended before.
   *
   * @return the same process
   */
  public static Process to(Process process) {
    Thread hook = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(hook);
    // While the JVM ends that is refused, and the hook has run.
    process.onExit().thenRun(() -> Runtime.getRuntime().removeShutdownHook(hook));
    return process;
  }
}
