package org.retellbridge.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TetherTest {
  /** Starts what would go on long after it, and waits for it. */
  static final class Starter {
    public static void main(String[] arguments) throws Exception {
      Process process = Tether.to(new ProcessBuilder("sleep", "3600").start());
      System.out.println(process.pid());
      process.waitFor();
    }
  }

  @Test
  void endsWithTheJvm() throws Exception {
    Process starter =
        CleanEnvironment.of(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Starter.class.getName()))
            .start();
    ProcessHandle started =
        ProcessHandle.of(Long.parseLong(starter.inputReader().readLine())).orElseThrow();
    try {
      starter.destroy();

      assertThat(started.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      started.destroyForcibly();
      starter.destroyForcibly();
    }
  }
}
