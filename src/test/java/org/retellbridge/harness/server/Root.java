package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.Archive;

/** The context root that an archive asks for. */
final class Root {
  private static final Pattern ROOT = Pattern.compile("<context-root>/?(.*?)</context-root>");

  private Root() {}

  /** Empty, or a path that begins with a slash. */
  static String of(Archive<?> archive) {
    try (InputStream in = archive.get("WEB-INF/jboss-web.xml").getAsset().openStream()) {
      Matcher root = ROOT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return root.find() && !root.group(1).isEmpty() ? "/" + root.group(1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
