package org.retellbridge.harness;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program around Payara Micro that deploys and undeploys a WAR in one process, as told line by
 * line: {@code deploy}, {@code undeploy}, {@code threads}, {@code settle}. Payara Micro is reached
 * by reflection, since nothing else here is compiled against it.
 */
public final class Redeployer {
  static final String REPLY = "REPLY ";

  private static final String NAME = "bridge";
  private static final String OURS = "org.retellbridge.BridgeApplication";

  /** As the JDK, the libraries and the bridge name threads that they start for it. */
  private static final Pattern THREAD =
      Pattern.compile(
          "outbound-.*|HttpClient-.*|ledger.*|Hikari.*|MVStore.*|H2 .*|requester-.*"
              + "|.*__defaultManagedThreadFactory.*");

  private Redeployer() {}

  /**
   * @param args the WAR, and then the options of Payara Micro
   */
  public static void main(String[] args) throws Exception {
    PrintStream replies = System.out;
    System.setOut(System.err);
    Class<?> type = Class.forName("fish.payara.micro.PayaraMicro");
    type.getMethod("main", String[].class)
        .invoke(null, (Object) List.of(args).subList(1, args.length).toArray(String[]::new));
    Object micro = type.getMethod("getInstance").invoke(null);
    Object runtime = type.getMethod("getRuntime").invoke(micro);
    prepare(runtime.getClass().getClassLoader());
    replies.println(REPLY + "up");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      replies.println(REPLY + carryOut(order, runtime, new File(args[0])));
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * Payara's H2 keeps exceptions and a thread in static fields, and its Grizzly an exception, with
   * the classes and the class loader of whoever used them first: they would remember the first
   * application for good, and no other.
   */
  private static void prepare(ClassLoader server) throws ClassNotFoundException {
    Class.forName("org.h2.message.DbException", true, server);
    Class.forName("org.h2.message.TraceObject", true, server);
    Class.forName("org.h2.engine.OnExitDatabaseCloser", true, server);
    Class.forName("org.glassfish.grizzly.CloseReason", true, server);
  }

  private static String carryOut(String order, Object runtime, File war) throws Exception {
    Class<?> type = Class.forName("fish.payara.micro.PayaraMicroRuntime");
    switch (order) {
      case "deploy":
        return type.getMethod("deploy", String.class, String.class, File.class)
            .invoke(runtime, NAME, "/", war)
            .toString();
      case "undeploy":
        type.getMethod("undeploy", String.class).invoke(runtime, NAME);
        return "done";
      case "threads":
        return threads().toString();
      case "settle":
        settle(runtime.getClass().getClassLoader());
        return "done";
      default:
        throw new IllegalArgumentException(order);
    }
  }

  /** Threads that the application started, or that carry its class loader. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                THREAD.matcher(thread.getName()).matches()
                    || isOurs(thread.getContextClassLoader()))
        .map(Thread::getName)
        .sorted()
        .toList();
  }

  private static boolean isOurs(ClassLoader loader) {
    if (loader == null) {
      return false;
    }
    try {
      Method loaded = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
      loaded.setAccessible(true);
      return loaded.invoke(loader, OURS) != null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Two others remember the application for a while: Payara's threads for asynchronous requests end
   * when they had nothing to do for a minute, which need not be waited for; and the JDK's {@code
   * ObjectMethods} knows the record that it has prepared last, until it prepares another one.
   */
  private static void settle(ClassLoader server) throws ReflectiveOperationException {
    Field pool =
        Class.forName("org.apache.catalina.connector.AsyncContextImpl", true, server)
            .getDeclaredField("pool");
    pool.setAccessible(true);
    ((ThreadPoolExecutor) pool.get(null)).setKeepAliveTime(1, TimeUnit.SECONDS);
    if (!new Other("a").equals(new Other("a")) || new Other("a").hashCode() == 0) {
      throw new IllegalStateException("records are strange here");
    }
  }

  private record Other(String text) {}
}
