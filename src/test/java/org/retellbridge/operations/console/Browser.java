package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium with an empty profile, which asks nobody but the bridge. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path PICTURES = Path.of(System.getProperty("browser.pictures"));

  private final ChromeDriver driver;
  private final Profile profile;

  private Browser(ChromeDriver driver, Profile profile) {
    this.driver = driver;
    this.profile = profile;
  }

  static Browser open() {
    Profile profile = Profile.empty();
    Browser browser;
    try {
      browser = new Browser(start(profile), profile);
    } catch (RuntimeException e) {
      profile.close();
      throw e;
    }
    try {
      return browser.wide();
    } catch (RuntimeException e) {
      browser.close();
      throw e;
    }
  }

  private static ChromeDriver start(Profile profile) {
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

  Browser wide() {
    return size(1280, 900);
  }

  Browser narrow() {
    return size(400, 850);
  }

  Browser inDark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    return this;
  }

  void go(URI address) {
    driver.get(address.toString());
  }

  WebElement find(String css) {
    return until(it -> it.findElement(By.cssSelector(css)));
  }

  /** The page may be drawn anew between the two. */
  String textOf(String css) {
    return until(it -> it.findElement(By.cssSelector(css)).getText());
  }

  /** As before. */
  void click(String css) {
    until(
        it -> {
          it.findElement(By.cssSelector(css)).click();
          return true;
        });
  }

  WebElement link(String text) {
    return until(it -> it.findElement(By.partialLinkText(text)));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The text of the page, as people see it. */
  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  void awaitText(String text) {
    until(it -> it.findElement(By.tagName("body")).getText().contains(text));
  }

  void awaitNoText(String text) {
    until(it -> !it.findElement(By.tagName("body")).getText().contains(text));
  }

  void awaitNone(String css) {
    awaitCount(css, 0);
  }

  void awaitCount(String css, int count) {
    until(it -> it.findElements(By.cssSelector(css)).size() == count);
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Goes by the Tab key to what has this text or label, as somebody without a mouse does. */
  void tabTo(String text) {
    goTo(text, Keys.TAB);
  }

  /** The same backwards. */
  void tabBackTo(String text) {
    goTo(text, Keys.chord(Keys.SHIFT, Keys.TAB));
  }

  private void goTo(String text, CharSequence keys) {
    for (int i = 0; i < 150; i++) {
      press(keys);
      if (focused().startsWith(text) || text.equals(focused(it -> it.getDomProperty("id")))) {
        return;
      }
    }
    throw new AssertionError("the Tab key does not lead to " + text);
  }

  String focused() {
    return focused(WebElement::getText);
  }

  private String focused(Function<WebElement, String> what) {
    return until(it -> String.valueOf(what.apply(it.switchTo().activeElement())));
  }

  void awaitFocus(String text) {
    until(it -> it.switchTo().activeElement().getText().startsWith(text));
  }

  void awaitAddress(URI address) {
    until(it -> it.getCurrentUrl().startsWith(address.toString()));
  }

  void awaitValue(String css, String value) {
    until(it -> value.equals(it.findElement(By.cssSelector(css)).getDomProperty("value")));
  }

  void awaitTrue(String script) {
    until(it -> Boolean.TRUE.equals(driver.executeScript("return " + script)));
  }

  /** Presses the mouse on it, to be let go by {@link #release}. */
  void hold(String css) {
    until(
        it -> {
          new Actions(driver).clickAndHold(it.findElement(By.cssSelector(css))).perform();
          return true;
        });
  }

  void release() {
    new Actions(driver).release().perform();
  }

  void run(String script) {
    driver.executeScript(script);
  }

  long number(String script) {
    return ((Number) driver.executeScript("return " + script)).longValue();
  }

  String cookies() {
    return driver.manage().getCookies().toString();
  }

  /** What axe-core finds by the rules of WCAG 2.2 AA and of good practice. */
  void assertAccessible(String what) {
    Results results = new AxeBuilder().analyze(driver);
    assertThat(results.getViolations())
        .as(what)
        .extracting(
            rule ->
                rule.getId()
                    + ": "
                    + rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList())
        .isEmpty();
    assertThat(results.getPasses()).as("rules that were applied").hasSizeGreaterThan(10);
  }

  /** Nothing was blocked, nothing failed. */
  void assertQuiet() {
    assertThat(
            driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue()))
        .extracting(Object::toString)
        .isEmpty();
  }

  void picture(String name) {
    try {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Beside the pictures. */
  void note(String text) {
    try {
      Files.createDirectories(PICTURES);
      Files.writeString(PICTURES.resolve("times.txt"), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } finally {
      profile.close();
    }
  }

  private Browser size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.manage().window().setSize(new Dimension(width, height));
    return this;
  }

  private <T> T until(Function<org.openqa.selenium.WebDriver, T> condition) {
    return new WebDriverWait(driver, PATIENCE)
        .pollingEvery(Duration.ofMillis(50))
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .ignoring(org.openqa.selenium.NoSuchElementException.class)
        .until(condition);
  }
}
