package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.providers.EmbeddedResourceAxeProvider;
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
import javax.naming.OperationNotSupportedException;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What one test sees of a {@link Chromium}: a page that is all its own. */
final class Browser {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path PICTURES = Path.of(System.getProperty("browser.pictures"));

  private static final String AXE = axe();

  /** Tells only what the tests look at. No page has frames. */
  private static final String EXAMINE =
      """
      const done = arguments[0];
      const told = (rule) => rule.id + ': ' + rule.nodes.slice(0, 3).map((node) => node.html).join(', ');
      axe.run(document, { resultTypes: ['violations'] }).then(
        (found) => done({ violations: found.violations.map(told), passes: found.passes.length }),
        (failed) => done({ failed: String(failed) }));
      """;

  /** Whether it is at what has this text or label; asked at once, for it is asked at each key. */
  private static final String HAS_FOCUS =
      """
      const at = document.activeElement;
      return at.id === arguments[0] || at.innerText.trim().startsWith(arguments[0]);
      """;

  private final ChromeDriver driver;
  private final String context;

  Browser(ChromeDriver driver, String context) {
    this.driver = driver;
    this.context = context;
  }

  /** The name of what holds all pages, cookies and files of this test. */
  String context() {
    return context;
  }

  private static String axe() {
    try {
      return new EmbeddedResourceAxeProvider().getScript();
    } catch (IOException | OperationNotSupportedException e) {
      throw new IllegalStateException(e);
    }
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
      if (Boolean.TRUE.equals(driver.executeScript(HAS_FOCUS, text))) {
        return;
      }
    }
    throw new AssertionError("the Tab key does not lead to " + text);
  }

  String focused() {
    return until(it -> it.switchTo().activeElement().getText());
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
    if (!Boolean.TRUE.equals(driver.executeScript("return 'axe' in window"))) {
      driver.executeScript(AXE);
    }
    Map<?, ?> found = (Map<?, ?>) driver.executeAsyncScript(EXAMINE);
    assertThat(found.get("failed")).as(what).isNull();
    assertThat((List<?>) found.get("violations")).as(what).isEmpty();
    assertThat((long) found.get("passes")).as("rules that were applied").isGreaterThan(10);
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
