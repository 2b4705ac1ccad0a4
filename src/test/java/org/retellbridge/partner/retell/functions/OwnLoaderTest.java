package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OwnLoaderTest {
  private static final ClassLoader FOREIGN = new ClassLoader(null) {};

  private final ClassLoader own = Thread.currentThread().getContextClassLoader();
  private final CompletableFuture<String> function = new CompletableFuture<>();

  @Test
  void goesOnUnderTheApplicationsLoader() throws Exception {
    CompletionStage<ClassLoader> seen = OwnLoader.keep(function).thenApply(OwnLoaderTest::loader);

    assertThat(loaderAfter(() -> function.complete("done"))).isSameAs(FOREIGN);

    assertThat(seen.toCompletableFuture().join()).isSameAs(own);
  }

  @Test
  void doesSoForFailuresToo() throws Exception {
    CompletionStage<ClassLoader> seen =
        OwnLoader.keep(function).handle((value, thrown) -> loader(thrown));

    assertThat(
            loaderAfter(() -> function.completeExceptionally(new IllegalStateException("broken"))))
        .isSameAs(FOREIGN);

    assertThat(seen.toCompletableFuture().join()).isSameAs(own);
    assertThat(OwnLoader.keep(function).toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("broken");
  }

  /** As the common pool's of some Java versions. */
  @Test
  void losesNoAnswerWhereAThreadKeepsItsLoader() throws Exception {
    CompletionStage<String> kept = OwnLoader.keep(function);
    Thread thread =
        new Thread(() -> function.complete("done")) {
          @Override
          public void setContextClassLoader(ClassLoader loader) {
            throw new SecurityException("setContextClassLoader");
          }
        };
    thread.start();
    thread.join();

    assertThat(kept.toCompletableFuture()).isCompletedWithValue("done");
  }

  private static ClassLoader loader(Object value) {
    return Thread.currentThread().getContextClassLoader();
  }

  /** Runs it in a thread of somebody else, and tells which loader that thread has afterwards. */
  private static ClassLoader loaderAfter(Runnable work) throws InterruptedException {
    ClassLoader[] after = new ClassLoader[1];
    Thread thread =
        new Thread(
            () -> {
              work.run();
              after[0] = Thread.currentThread().getContextClassLoader();
            });
    thread.setContextClassLoader(FOREIGN);
    thread.start();
    thread.join();
    return after[0];
  }
}
