package org.retellbridge.foundation.ledger;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A kind of effect.
 *
 * @param name short and stable: it is stored, and a metric's tag
 * @param idempotent whether the vendor itself recognises a repeat, so that an effect whose process
 *     died may be taken over; without that it is never run again
 * @param harmlessTwice whether it comes to the same when it happens twice: then another invocation
 *     runs where nobody knows what came of an earlier one with the same content
 * @param unconfirmed the answer when nobody can know whether it happened
 */
public record Kind(String name, boolean idempotent, boolean harmlessTwice, String unconfirmed) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
  private static final int MOST_OF_A_TEXT = 25;
  private static final int MOST_OF_A_DIGEST = 8;

  public Kind {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a kind of effect: " + name);
    }
    Objects.requireNonNull(unconfirmed);
  }

  /**
   * A name for a kind that others have named, such as by a path: in lower case, other characters as
   * {@code -}, and what is too long or begins with none of a letter with a digest of the text.
   */
  public static String nameOf(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    return NAME.matcher(name).matches()
        ? name
        : "own-"
            + name.substring(0, Math.min(name.length(), MOST_OF_A_TEXT))
            + "-"
            + Vault.digest(text).substring(0, MOST_OF_A_DIGEST);
  }
}
