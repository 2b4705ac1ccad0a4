package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.retellbridge.foundation.ledger.PostgresServer;

/** The PostgreSQL behind the data source that an operator's configuration defines. */
public final class JndiDatabase {
  /** With all that files of commands take for their own. */
  private static final String PASSWORD = "no:n\\e x=='\"$1";

  private static String url;

  private JndiDatabase() {}

  /** The environment from which that configuration takes it. */
  public static synchronized Map<String, String> environment() {
    url = PostgresServer.database();
    URI uri = URI.create(url.substring("jdbc:".length()));
    return Map.of(
        "DB_HOST", uri.getHost(),
        "DB_PORT", Integer.toString(uri.getPort()),
        "DB_NAME", uri.getPath().substring(1),
        "DB_USER", query(uri, "user"),
        "DB_PASSWORD", query(uri, "password"));
  }

  /** The database of the environment that was asked for last. */
  public static synchronized String url() {
    return url;
  }

  /** These commands of Payara Micro's and those that define the data source, in one file. */
  public static Path commands(Path first, Path folder) {
    try {
      return Files.writeString(
          folder.resolve("with-postgresql.preboot"),
          Files.readString(first)
              + "\n"
              + Files.readString(first.resolveSibling("postgresql.preboot")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return matcher.find() ? matcher.group(1) : PASSWORD;
  }
}
