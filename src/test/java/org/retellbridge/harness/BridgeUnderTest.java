package org.retellbridge.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.server.ServerLog;
import org.retellbridge.twin.Twin;

/**
 * The file that users deploy, and the settings that it will find. Settings travel the way users
 * give them: in the file that {@code BRIDGE_ENV_FILE} names.
 */
public final class BridgeUnderTest {
  public static final String OPERATIONS_TOKEN = "operations-token-of-the-tests";

  /** Behind a proxy that strips a path prefix: the harder case for signatures. */
  private static final Twin TWIN = Twin.start("https://bridge.example.test/voice");

  private static final Path DIRECTORY = Path.of(System.getProperty("bridge.it.dir", "target/it"));

  private BridgeUnderTest() {}

  /** One for the whole run; {@link Twin#reset} between tests. */
  public static Twin twin() {
    return TWIN;
  }

  /** The packaged WAR, to be deployed with the twin's settings and these. */
  public static WebArchive with(Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>(TWIN.settings());
    settings.putAll(more);
    return withOnly(settings);
  }

  /** The packaged WAR, to be deployed with these settings and none of the twin's. */
  public static WebArchive withOnly(Map<String, String> only) {
    Map<String, String> settings = new LinkedHashMap<>(only);
    settings.putIfAbsent("OPERATIONS_TOKEN", OPERATIONS_TOKEN);
    settings.putIfAbsent("BRIDGE_DATA_DIR", dataDirectory().toString());
    settings.values().removeIf(String::isEmpty);
    writeSettings(settings);
    return ShrinkWrap.createFromZipFile(
        WebArchive.class, new File(System.getProperty("bridge.war")));
  }

  /** The WAR as an operator changes it who wants it below another context root. */
  public static WebArchive below(String contextRoot, Map<String, String> more) {
    WebArchive war = with(more);
    for (String descriptor : List.of("glassfish-web.xml", "ibm-web-ext.xml", "jboss-web.xml")) {
      String path = "/WEB-INF/" + descriptor;
      String text = read(war.get(path).getAsset());
      war.delete(path);
      war.add(
          new StringAsset(
              text.replace("<context-root>/<", "<context-root>" + contextRoot + "<")
                  .replace("uri=\"/\"", "uri=\"" + contextRoot + "\"")),
          path);
    }
    return war;
  }

  private static String read(Asset asset) {
    try (InputStream in = asset.openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder that no other deployment has. */
  public static Path dataDirectory() {
    return DIRECTORY.resolve("data").resolve(UUID.randomUUID().toString()).toAbsolutePath();
  }

  /** What the server that runs now has logged since it was given the bridge. */
  public static String serverLog() {
    return ServerLog.text();
  }

  /**
   * What has come into the log since it was like that, as soon as the text is among it: some
   * servers write a little later than they answer.
   */
  public static String loggedSince(String before, String text) {
    Await.until("the log says: " + text, () -> since(before).contains(text));
    return since(before);
  }

  private static String since(String before) {
    return serverLog().substring(before.length());
  }

  /** The settings of the deployment, as they stand in the file. */
  public static String settings() {
    try {
      return Files.readString(DIRECTORY.resolve("bridge.env"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeSettings(Map<String, String> settings) {
    try {
      Files.createDirectories(DIRECTORY);
      Files.writeString(
          DIRECTORY.resolve("bridge.env"),
          settings.entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .collect(Collectors.joining("\n", "", "\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
