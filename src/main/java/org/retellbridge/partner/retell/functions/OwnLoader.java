package org.retellbridge.partner.retell.functions;

import static java.lang.System.Logger.Level.DEBUG;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings what a function completes in a thread of somebody else, such as the JDK's HTTP client or
 * common pool, back under the application's class loader. Those threads bear the system's, with
 * which GlassFish finds no bean of the application (WELD-000229), and the agent would get a 500.
 */
final class OwnLoader {
  private static final System.Logger LOGGER = System.getLogger(OwnLoader.class.getName());

  private OwnLoader() {}

  /**
   * To be called in a thread of the application; what depends on the result runs under its loader.
   */
  static <T> CompletionStage<T> keep(CompletionStage<T> stage) {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    CompletableFuture<T> kept = new CompletableFuture<>();
    stage.whenComplete(
        (value, thrown) -> {
          ClassLoader found = Thread.currentThread().getContextClassLoader();
          bear(own);
          try {
            if (thrown == null) {
              kept.complete(value);
            } else {
              kept.completeExceptionally(thrown);
            }
          } finally {
            bear(found);
          }
        });
    return kept;
  }

  /** Some threads let nobody change it: then the answer goes on without. */
  private static void bear(ClassLoader loader) {
    try {
      Thread.currentThread().setContextClassLoader(loader);
    } catch (SecurityException e) {
      LOGGER.log(DEBUG, "{0} keeps its class loader", Thread.currentThread().getName());
    }
  }
}
