package org.retellbridge.operations.console;

import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.devtools.Command;
import org.openqa.selenium.devtools.Connection;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium, which asks nobody but the bridge. It and its driver take seconds to start, so
 * they serve a whole class; each test has a context of its own in it, which is as empty as a new
 * profile and is gone with all its pages afterwards.
 */
final class Chromium implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Chromium.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Running running;

  /**
   * A browser without cookies, storage, cache and pages. If the last test was the end of Chromium,
   * there is a new one.
   */
  Browser open() {
    if (running != null) {
      try {
        return running.fresh();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "Chromium is started anew", e);
        close();
      }
    }
    running = Running.started();
    return running.fresh();
  }

  /**
   * Leaves nothing of it open. What goes wrong here is no fault of the test that is over, and none
   * of the next one.
   */
  void leave(Browser browser) {
    if (running != null) {
      try {
        running.leave(browser);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "Chromium is started anew", e);
        close();
      }
    }
  }

  @Override
  public void close() {
    if (running != null) {
      Running last = running;
      running = null;
      last.end();
    }
  }

  /**
   * One process.
   *
   * @param whole leads to all of it, where the driver leads to one page
   * @param home the page that is there from the start; no test sees it
   */
  private record Running(ChromeDriver driver, Connection whole, String home, Profile profile) {

    static Running started() {
      Profile profile = Profile.empty();
      ChromeDriver driver;
      try {
        driver = driver(profile);
      } catch (RuntimeException e) {
        profile.close();
        throw e;
      }
      try {
        return new Running(driver, whole(driver), driver.getWindowHandle(), profile);
      } catch (RuntimeException e) {
        driver.quit();
        profile.close();
        throw e;
      }
    }

    private static ChromeDriver driver(Profile profile) {
      LoggingPreferences logs = new LoggingPreferences();
      logs.enable(LogType.BROWSER, Level.ALL);
      ChromeOptions options = new ChromeOptions();
      options.setBinary(System.getProperty("browser.binary"));
      options.setCapability("goog:loggingPrefs", logs);
      options.addArguments(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--user-data-dir=" + profile.folder());
      return new ChromeDriver(
          new ChromeDriverService.Builder()
              .usingDriverExecutable(new File(System.getProperty("browser.driver")))
              .build(),
          options);
    }

    private static Connection whole(ChromeDriver driver) {
      String address = (String) driver.getCapabilities().getCapability("se:cdp");
      ClientConfig config = ClientConfig.defaultConfig().baseUri(URI.create(address));
      return new Connection(
          HttpClient.Factory.createDefault().createClient(config), address, config);
    }

    Browser fresh() {
      String context =
          (String) ask("Target.createBrowserContext", Map.of()).get("browserContextId");
      String page =
          (String)
              ask(
                      "Target.createTarget",
                      Map.of("url", "about:blank", "browserContextId", context, "newWindow", true))
                  .get("targetId");
      driver.switchTo().window(page);
      awaitOnly(Set.of(home, page));
      // What pages of former tests said.
      driver.manage().logs().get(LogType.BROWSER);
      return new Browser(driver, context).wide();
    }

    void leave(Browser browser) {
      // A mouse button that is held down would be so in the next page as well.
      driver.resetInputState();
      driver.switchTo().window(home);
      ask("Target.disposeBrowserContext", Map.of("browserContextId", browser.context()));
      awaitOnly(Set.of(home));
    }

    private void awaitOnly(Set<String> pages) {
      new WebDriverWait(driver, PATIENCE)
          .pollingEvery(Duration.ofMillis(20))
          .until(it -> it.getWindowHandles().equals(pages));
    }

    private Map<String, Object> ask(String command, Map<String, Object> what) {
      return whole.sendAndWait(null, new Command<>(command, what, Json.MAP_TYPE), PATIENCE);
    }

    void end() {
      quietly(whole::close);
      quietly(driver::quit);
      quietly(profile::close);
    }

    /** Whatever is left of it, the test that is over has passed, and the next one has another. */
    private static void quietly(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException | AssertionError e) {
        LOG.log(Level.WARNING, "Chromium did not end as it should", e);
      }
    }
  }
}
