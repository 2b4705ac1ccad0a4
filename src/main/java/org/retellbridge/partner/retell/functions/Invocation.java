package org.retellbridge.partner.retell.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * What tells one invocation of a function from another, so that its repeats can be recognised.
 *
 * @param call the call, also one that the tool's URL names and nobody here knows; the request's
 *     signature where nothing names it: two callers' equal arguments must not be taken for one
 * @param key the model's own id of this invocation, another vendor's mark of its request, or a
 *     digest of the tool's name, which at {@code /add_event} says what happened, and of the
 *     arguments
 * @param numbered whether the key is such an id, which is good for the whole call; a digest is good
 *     for a while only
 * @param content a digest of the arguments that matter, and of what the tool's URL adds to them
 * @param purpose a digest of the latter alone
 */
record Invocation(String call, String key, boolean numbered, String content, String purpose) {

  static Invocation of(FunctionCall function) {
    return of(function, function.arguments());
  }

  /**
   * The same for a function that does not use all that it is given.
   *
   * @param used the arguments that have an effect
   */
  static Invocation of(FunctionCall function, Arguments used) {
    String content = digest(used.normalised() + function.origin().purpose());
    String purpose = digest(function.origin().purpose());
    Optional<CallSid> signers = function.signersCall();
    String call =
        function
            .callId()
            .or(function::namedCall)
            .map(Object::toString)
            .or(() -> signers.map(Object::toString))
            .orElse("signed:" + function.origin().signature());
    return toolCallId(function)
        .or(() -> signers.flatMap(sid -> function.origin().token()))
        .map(id -> new Invocation(call, id, true, content, purpose))
        .orElseGet(() -> new Invocation(call, named(function, content), false, content, purpose));
  }

  /**
   * Of the newest invocation in the transcript that is this one (Retell sends no id of its own).
   */
  private static Optional<String> toolCallId(FunctionCall function) {
    return function
        .call()
        .flatMap(
            call ->
                call.newestInvocation(
                    item ->
                        JsonText.text(item, "name").equals(function.name())
                                && sameArguments(JsonText.text(item, "arguments"), function)
                            ? JsonText.text(item, "tool_call_id")
                            : Optional.empty()));
  }

  private static String named(FunctionCall function, String content) {
    return function.name().map(name -> digest(name + "\n" + content)).orElse(content);
  }

  private static boolean sameArguments(Optional<String> json, FunctionCall function) {
    return json.flatMap(JsonText::parseObject)
        .map(Arguments::ofModel)
        .map(arguments -> arguments.normalised().equals(function.arguments().normalised()))
        .orElse(false);
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
