package org.retellbridge.harness.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.retellbridge.foundation.ledger.PostgresServer;

/** The PostgreSQL behind the data source that an operator's configuration defines. */
public final class JndiDatabase {
  private JndiDatabase() {}

  /** The environment from which that configuration takes it. */
  public static Map<String, String> environment() {
    URI uri = URI.create(PostgresServer.database().substring("jdbc:".length()));
    return Map.of(
        "DB_HOST", uri.getHost(),
        "DB_PORT", Integer.toString(uri.getPort()),
        "DB_NAME", uri.getPath().substring(1),
        "DB_USER", query(uri, "user"),
        "DB_PASSWORD", query(uri, "password"));
  }

  /** The driver's jar. */
  public static Path driver() {
    try {
      return Path.of(
          org.postgresql.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PostgreSQL trusts whoever comes from this machine, but pools want a password. */
  private static String query(URI uri, String name) {
    Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(uri.getQuery());
    return matcher.find() ? matcher.group(1) : "none";
  }
}
