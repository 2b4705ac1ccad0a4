package org.retellbridge.harness;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program around Payara Micro that deploys and undeploys a WAR in one process, as told line by
 * line: {@code deploy}, {@code undeploy}, {@code threads}, {@code settle}, {@code heirs}. Payara
 * Micro is reached by reflection, since nothing else here is compiled against it.
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

  /** Of Java's, whose threads know who started them. */
  private static final int LAST_TO_INHERIT = 23;

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
      try {
        replies.println(REPLY + carryOut(order, runtime, new File(args[0])));
      } catch (ReflectiveOperationException | RuntimeException e) {
        // The server's threads would keep a process that answers nobody.
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * Payara's H2 keeps exceptions and a thread in static fields, and its Grizzly an exception, with
   * the classes and the class loader of whoever used them first: they would remember the first
   * application for good, and no other.
   */
  private static void prepare(ClassLoader server) throws ClassNotFoundException {
    load("org.h2.message.DbException", server);
    load("org.h2.message.TraceObject", server);
    load("org.h2.engine.OnExitDatabaseCloser", server);
    load("org.glassfish.grizzly.CloseReason", server);
  }

  private static String carryOut(String order, Object runtime, File war)
      throws ReflectiveOperationException {
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
      case "heirs":
        return heirs().toString();
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
   * Threads that code of the application's started, whoever's they are: Java 17 keeps the class
   * loaders of all who were on the stack then. Later ones keep none.
   */
  private static List<String> heirs() throws ReflectiveOperationException {
    if (Runtime.version().feature() > LAST_TO_INHERIT) {
      return List.of();
    }
    List<String> heirs = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      Object inherited = field(Thread.class, "inheritedAccessControlContext", thread);
      ProtectionDomain[] started =
          inherited == null
              ? null
              : (ProtectionDomain[]) field(inherited.getClass(), "context", inherited);
      if (started != null
          && Stream.of(started).anyMatch(domain -> isOurs(domain.getClassLoader()))) {
        heirs.add(thread.getName());
      }
    }
    return heirs;
  }

  /**
   * Three others remember the application for a while: Payara's threads for asynchronous requests
   * and those of its managed executor are {@linkplain #heirs heirs} until they had nothing to do
   * for a minute and for five minutes, which need not be waited for; and the JDK's {@code
   * ObjectMethods} knows the record that it has prepared last, until it prepares another one.
   */
  private static void settle(ClassLoader server) throws ReflectiveOperationException {
    hurry(field(load("org.apache.catalina.connector.AsyncContextImpl", server), "pool", null));
    Class<?> concurrency = load("org.glassfish.concurrent.runtime.ConcurrentRuntime", server);
    Object executors =
        field(
            concurrency,
            "managedExecutorServiceMap",
            concurrency.getMethod("getRuntime").invoke(null));
    for (Object executor : ((Map<?, ?>) executors).values()) {
      hurry(field(executor.getClass(), "executor", executor));
    }
    Other other = new Other(new Other(null));
    if (!other.equals(new Other(new Other(null)))
        || other.hashCode() != new Other(new Other(null)).hashCode()
        || other.toString().isEmpty()) {
      throw new IllegalStateException("records are strange here");
    }
  }

  private static void hurry(Object pool) {
    ((ThreadPoolExecutor) pool).setKeepAliveTime(1, TimeUnit.SECONDS);
  }

  private static Class<?> load(String name, ClassLoader server) throws ClassNotFoundException {
    return Class.forName(name, true, server);
  }

  private static Object field(Class<?> type, String name, Object of)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  private record Other(Other inner) {}
}
