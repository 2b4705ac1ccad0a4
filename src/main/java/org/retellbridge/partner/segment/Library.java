package org.retellbridge.partner.segment;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.retellbridge.foundation.json.JsonText;

/** What the bridge calls itself in {@code context.library}. */
final class Library {
  static final String NAME = "twilio-retell-bridge";

  private static final String VERSION = version();

  private Library() {}

  static JsonObject json() {
    return JsonText.object().add("name", NAME).add("version", VERSION).build();
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        Library.class.getResourceAsStream("/org/retellbridge/version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
