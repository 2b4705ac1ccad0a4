package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Names something that must happen once; the same for its repeats.
 *
 * @param call the call that it belongs to: a {@code call_id}, or a CallSid where there is none
 * @param function the function's path
 * @param invocation tells repeats from new invocations
 * @param content the same content within {@link #SAME_CONTENT} in one call is the same effect
 *     whatever the ids, because the model repeats itself under new ones; empty to go by the
 *     invocation alone
 * @param kind what sort of effect, with what holds for all of its sort
 * @param replacing whether it takes the place of what such effects said before in the call. Then an
 *     invocation that is known by its arguments alone is a repeat only while none came after it: a
 *     correction may be taken back
 */
public record EffectId(
    String call,
    String function,
    InvocationKey invocation,
    Optional<String> content,
    Kind kind,
    boolean replacing) {
  public static final Duration SAME_CONTENT = Duration.ofSeconds(120);

  public EffectId {
    Objects.requireNonNull(call);
    Objects.requireNonNull(function);
    Objects.requireNonNull(invocation);
    Objects.requireNonNull(content);
    Objects.requireNonNull(kind);
  }

  public EffectId(
      String call, String function, InvocationKey invocation, Optional<String> content, Kind kind) {
    this(call, function, invocation, content, kind, false);
  }

  /** This effect, also recognised by what it contains. */
  public EffectId containing(String text) {
    return new EffectId(call, function, invocation, Optional.of(text), kind, replacing);
  }

  /** This effect, in the place of those before it. */
  public EffectId inPlaceOfEarlier() {
    return new EffectId(call, function, invocation, content, kind, true);
  }

  /** This effect, recognised by its invocation alone. */
  EffectId byInvocation() {
    return new EffectId(call, function, invocation, Optional.empty(), kind);
  }

  /** 64 hexadecimal digits: the same for a repeat. Fit for a vendor's idempotency key. */
  public String key() {
    return Vault.digest("invocation\n" + call + "\n" + function + "\n" + invocation.value());
  }

  Optional<String> contentKey() {
    return content.map(text -> Vault.digest("content\n" + call + "\n" + kind.name() + "\n" + text));
  }

  /** Points to the latest of those that replace each other. */
  Optional<String> latestKey() {
    return replacing ? Optional.of(Vault.digest("latest\n" + call)) : Optional.empty();
  }

  /** Whether another such effect makes a repeat of this one none. */
  boolean supersedable() {
    return replacing && invocation.window().isPresent();
  }

  @Override
  public String toString() {
    return kind.name() + " of " + call;
  }
}
