package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;
import org.retellbridge.foundation.metrics.Metrics;

/** The version of this WAR, and when it was started. */
@ApplicationScoped
public class Version {
  private final String text = read();
  private final Instant started = Instant.now();

  /** Early, so that the time is the start's, and the version stands in the first scrape. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event, Metrics metrics) {
    metrics.gauge("bridge.build.info", () -> 1, "version", text);
  }

  Instant started() {
    return started;
  }

  public String text() {
    return text;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in =
        Version.class.getResourceAsStream("/org/retellbridge/version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
