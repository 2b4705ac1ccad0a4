package org.retellbridge.harness;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/**
 * A program around Payara Micro that deploys and undeploys a WAR in one process, as told line by
 * line: {@code deploy}, {@code undeploy}, {@code loaders}, {@code threads}. Payara Micro is reached
 * by reflection, since nothing else here is compiled against it.
 */
public final class Redeployer {
  static final String REPLY = "REPLY ";

  private static final String LOADER = "org.glassfish.web.loader.WebappClassLoader";
  private static final String NAME = "bridge";

  private Redeployer() {}

  /**
   * @param args the port, and the WAR
   */
  public static void main(String[] args) throws Exception {
    PrintStream replies = System.out;
    System.setOut(System.err);
    Object runtime = boot(Integer.parseInt(args[0]));
    replies.println(REPLY + "up");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      replies.println(REPLY + carryOut(order, runtime, new File(args[1])));
    }
    Runtime.getRuntime().halt(0);
  }

  private static Object boot(int port) throws Exception {
    Class<?> type = Class.forName("fish.payara.micro.PayaraMicro");
    Object micro = type.getMethod("getInstance").invoke(null);
    type.getMethod("setHttpPort", int.class).invoke(micro, port);
    type.getMethod("setNoCluster", boolean.class).invoke(micro, true);
    type.getMethod("setNoHazelcast", boolean.class).invoke(micro, true);
    Consumer<Object> loopback =
        runner -> {
          try {
            Method run = runner.getClass().getMethod("run", String.class, String[].class);
            run.setAccessible(true);
            run.invoke(
                runner,
                "set",
                new String[] {
                  "configs.config.server-config.network-config.network-listeners"
                      + ".network-listener.http-listener.address=127.0.0.1"
                });
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        };
    type.getMethod("setPreBootHandler", Consumer.class).invoke(micro, loopback);
    return type.getMethod("bootStrap").invoke(micro);
  }

  private static String carryOut(String order, Object runtime, File war) throws Exception {
    Class<?> type = Class.forName("fish.payara.micro.PayaraMicroRuntime");
    return switch (order) {
      case "deploy" ->
          type.getMethod("deploy", String.class, String.class, File.class)
              .invoke(runtime, NAME, "/", war)
              .toString();
      case "undeploy" -> {
        type.getMethod("undeploy", String.class).invoke(runtime, NAME);
        yield "done";
      }
      case "loaders" -> Long.toString(loaders());
      case "threads" -> threads().toString();
      default -> "what?";
    };
  }

  /** How many web applications' class loaders are alive once everything collectable is gone. */
  private static long loaders() throws Exception {
    forgetWhatIsSoftlyHeld();
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return histogram
        .toString()
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(row -> row.length >= 4 && row[3].equals(LOADER))
        .mapToLong(row -> Long.parseLong(row[1]))
        .sum();
  }

  /** Before the JVM says that there is no memory it clears every soft reference. */
  private static void forgetWhatIsSoftlyHeld() {
    try {
      long[] tooMuch = new long[Integer.MAX_VALUE - 8];
      throw new IllegalStateException("there is memory for " + tooMuch.length);
    } catch (OutOfMemoryError expected) {
      // That was the purpose.
    }
  }

  /** Threads that still belong to a web application. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getContextClassLoader() != null
                    && thread.getContextClassLoader().getClass().getName().equals(LOADER))
        .map(thread -> thread.getName() + Arrays.asList(thread.getStackTrace()))
        .map(text -> text.substring(0, Math.min(300, text.length())))
        .collect(Collectors.toList());
  }
}
