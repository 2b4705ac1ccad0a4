package org.retellbridge.partner.retell.functions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.partner.retell.functions.RetellFunction.Effect;

/** Lets an effect happen once per invocation, whoever repeats it: Retell, a proxy or the model. */
@ApplicationScoped
public class OnlyOnce {
  private static final long MOST = 100_000;
  private static final Duration NUMBERED = Duration.ofHours(2);
  private static final Duration SAME_ARGUMENTS = Duration.ofMinutes(15);
  private static final Duration SAME_CONTENT = Duration.ofSeconds(120);

  private final Cache<String, CompletableFuture<Answer>> numbered = cache(NUMBERED);
  private final Cache<String, CompletableFuture<Answer>> sameArguments = cache(SAME_ARGUMENTS);
  private final Cache<String, CompletableFuture<Answer>> sameContent = cache(SAME_CONTENT);

  private Metrics metrics;

  OnlyOnce() {}

  @Inject
  OnlyOnce(Metrics metrics) {
    this.metrics = metrics;
  }

  /** The answer of this invocation: of its first run, if there was one that may have acted. */
  CompletionStage<Answer> run(
      String path, Effect effect, FunctionCall call, Supplier<CompletionStage<Answer>> work) {
    Invocation invocation = Invocation.of(call);
    Supplier<CompletionStage<Answer>> once =
        effect == Effect.ONCE_PER_CONTENT
            ? () -> first(sameContent, key(path, invocation, invocation.content()), path, work)
            : work;
    return first(
        invocation.numbered() ? numbered : sameArguments,
        key(path, invocation, invocation.key()),
        path,
        once);
  }

  private CompletionStage<Answer> first(
      Cache<String, CompletableFuture<Answer>> memory,
      String key,
      String path,
      Supplier<CompletionStage<Answer>> work) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> earlier = memory.asMap().putIfAbsent(key, mine);
    if (earlier != null) {
      metrics.count("bridge.repeats", "what", path);
      return earlier;
    }
    work.get()
        .whenComplete(
            (answer, thrown) -> {
              if (thrown != null || answer.outcome() == Answer.Outcome.FAILED) {
                memory.asMap().remove(key, mine);
              }
              if (thrown == null) {
                mine.complete(answer);
              } else {
                mine.completeExceptionally(thrown);
              }
            });
    return mine;
  }

  private static String key(String path, Invocation invocation, String key) {
    return path + ' ' + invocation.call() + ' ' + key;
  }

  private static Cache<String, CompletableFuture<Answer>> cache(Duration memory) {
    return Caffeine.newBuilder().expireAfterWrite(memory).maximumSize(MOST).build();
  }
}
