package org.retellbridge.foundation.ledger;

import java.sql.Types;
import java.util.regex.Pattern;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Text as far as a column takes it. PostgreSQL refuses one with the character NUL in it, however
 * often it is tried, so none gets there, whoever wrote it.
 */
final class PlainText extends AbstractArgumentFactory<String> {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  PlainText() {
    super(Types.VARCHAR);
  }

  /**
   * What a vendor wrote, as it shall stand in a column and be read by people.
   *
   * @param longest in characters
   */
  static String of(String text, int longest) {
    String plain = CONTROL.matcher(text).replaceAll("");
    return plain.length() > longest ? plain.substring(0, longest) : plain;
  }

  @Override
  protected Argument build(String text, ConfigRegistry config) {
    String kept = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    return (position, statement, context) -> statement.setString(position, kept);
  }
}
