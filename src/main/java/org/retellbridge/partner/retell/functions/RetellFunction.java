package org.retellbridge.partner.retell.functions;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a JAX-RS method of a CDI bean a function that Retell agents call.
 *
 * <p>On a class it stands for each of its methods that has a verb. The method is public, a POST,
 * takes a {@link FunctionCall} and returns {@code CompletionStage<Answer>}; the log warns at the
 * start of one that is not, because what follows holds for this shape alone. Before it runs, the
 * body's size is bounded (8 MiB, 413) and X-Retell-Signature is verified over the raw bytes (401);
 * a body that is neither a JSON object nor a form is refused, and so is an event of Retell's (400).
 * Around it, repeats are recognised, {@code FUNCTION_BUDGET} is kept, every failure becomes a
 * sentence that the agent can speak, and outcome and duration are logged and counted. {@code GET
 * /functions} offers it as a Retell tool.
 */
@Documented
@NameBinding
@InterceptorBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface RetellFunction {

  /**
   * The name under which {@code /functions} offers the tool; {@code [A-Za-z0-9_-]{1,64}}, and
   * another than every other function's, else it is not offered.
   */
  @Nonbinding
  String name() default "";

  /** What the tool does and when to use it, for the model. */
  @Nonbinding
  String description() default "";

  /**
   * A record with one component per argument: a {@code String}, {@code Optional<String>}, {@code
   * BigDecimal} or {@code Boolean}. Bean Validation says which are required.
   */
  @Nonbinding
  Class<? extends Record> arguments() default NoArguments.class;

  /** What repeating the call would do to the world. */
  @Nonbinding
  Effect effect() default Effect.ONCE;

  /**
   * Whether the function uses the declared {@link #arguments} alone, so that invocations which
   * differ in others only are the same to {@link #effect}. Not for functions that pass on whatever
   * the model says.
   */
  @Nonbinding
  boolean ignoresOtherArguments() default false;

  /**
   * Whether it comes to the same when it happens twice. Then an agent that asks anew, in another
   * invocation, is heard where nobody knows what came of the one before; without it {@link
   * Effect#ONCE_PER_CONTENT} and {@link Effect#ONCE_PER_TOOL} keep it from that for two minutes.
   */
  @Nonbinding
  boolean harmlessTwice() default false;

  /**
   * Another vendor whose signature is accepted instead of Retell's, by the name of its {@link
   * org.retellbridge.foundation.webhooks.Proof}; then exactly one of the two must be there (403).
   * That proof says as well what marks the vendor's repeats and where it names the call itself; all
   * else that it sends is arguments, and where {@link FunctionCall#modelReads} is false, what
   * failed leaves with 500.
   */
  @Nonbinding
  String alsoSignedBy() default "";

  /**
   * Whether the tool's name is the user's own, one tool for each name in {@code EVENT_FUNCTIONS};
   * {@link #name} is ignored then.
   */
  @Nonbinding
  boolean namedByEvents() default false;

  /**
   * What the model is told to say while it waits, in the caller's language; empty for nothing. Say
   * what it shall tell, not the words.
   */
  @Nonbinding
  String speakMeanwhile() default "";

  /**
   * The milliseconds of {@code ?delay=} in the URL that {@code /functions} offers, for a function
   * that keeps {@link FunctionCall#allowedDelay}; 0 for none.
   */
  @Nonbinding
  int offeredDelay() default 0;

  /** For functions without arguments. */
  record NoArguments() {}

  /** What repeating a call would do to the world. */
  enum Effect {
    /** Nothing: it may run as often as it is asked. */
    NONE,
    /** Something: the same invocation runs once, its repeats get the first answer. */
    ONCE,
    /**
     * As {@link #ONCE}; and because the model repeats itself under new ids, the same arguments in
     * the same call within two minutes are the same invocation too.
     */
    ONCE_PER_CONTENT,
    /**
     * As {@link #ONCE}; and because the model asks again in other words, the same tool (what its
     * URL says, not its arguments) in the same call within two minutes is the same invocation too.
     */
    ONCE_PER_TOOL,
    /**
     * Something that the method hands to the outbox under {@link FunctionCall#effect}, which
     * accepts it once and recognises repeats itself, in one transaction.
     */
    OWED,
    /**
     * As {@link #OWED}; and because a later one replaces what it said, the same arguments without
     * an id of their own are a repeat only while nothing else of this sort was accepted in the
     * call: what was corrected may be said again.
     */
    OWED_LATEST;

    /** Whether it is handed to the outbox. */
    boolean owed() {
      return this == OWED || this == OWED_LATEST;
    }
  }
}
