package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.foundation.ledger.FilledLedger;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;

/** The console in a real Chromium, with 10,000 calls in the ledger. */
@Tag("browser")
class ConsoleInBrowserIT extends DeployedBridge {
  private static final String LATER =
      """
      const now = performance.now.bind(performance);
      performance.now = () => now() + %d;
      """;

  /** As the bridge does while the ledger is down; no answer comes before the page is painted. */
  private static final String REFUSES_ONCE =
      """
      const real = window.fetch;
      window.fetch = async (path, options) => {
        if (options.method !== 'POST') return real(path, options);
        window.fetch = real;
        for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
        return new Response('{"title": "Who knows"}', { status: 503 });
      };
      """;

  /** Lets lists be loaded only later, and keeps what they were. */
  private static final String HOLDS_LISTS =
      """
      window.real = window.real || window.fetch;
      Object.assign(window, { asked: 0, loaded: '' });
      const held = new Promise((done) => { window.letGo = done; });
      window.fetch = async (path, options) => {
        if (!path.startsWith('console/calls?')) return real(path, options);
        asked++;
        await held;
        const answer = await real(path, options);
        const text = await answer.clone().text();
        setTimeout(() => requestAnimationFrame(() => { loaded = text; }));
        return answer;
      };
      """;

  private static final String CLOCK =
      """
      window.now = window.now || Date.now.bind(Date);
      Date.now = () => now() + %d;
      """;

  private static final Chromium chromium = new Chromium();

  private Browser browser;

  @Deployment(testable = false)
  static WebArchive bridge() {
    Path folder = BridgeUnderTest.dataDirectory();
    FilledLedger.in(folder, 10_000);
    return BridgeUnderTest.with(
        Map.of(
            "BRIDGE_DATA_DIR",
            folder.toString(),
            "RETELL_EVENTS",
            "true",
            // Twilio is held while a browser paints.
            "FUNCTION_BUDGET",
            "PT100S",
            "FALLBACK_NUMBER",
            TwinNames.HUMAN,
            "SMS_FROM_NUMBER",
            ""));
  }

  @BeforeEach
  void open() {
    browser = chromium.open();
    browser.go(local("/console"));
  }

  @AfterEach
  void leave() {
    chromium.leave(browser);
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @Test
  void lightAndDarkLoginPageIsAccessible() {
    browser.find("#token");
    browser.assertAccessible("login, light");
    browser.picture("login-light");
    browser.inDark(true).assertAccessible("login, dark");
    browser.picture("login-dark");
    browser.assertQuiet();
  }

  @Test
  void logsInAndLooksAtACallByKeyboardAlone() {
    browser.press("a-token-of-nobody", Keys.ENTER);
    browser.awaitText("That is not the operations token.");
    browser.assertAccessible("login with a problem");
    browser.press(BridgeUnderTest.OPERATIONS_TOKEN, Keys.ENTER);
    browser.awaitText("Live calls only");
    browser.tabTo("Find");
    browser.press(Keys.TAB, Keys.TAB, Keys.ENTER);
    browser.awaitText("Course");
    assertThat(browser.focused()).as("the heading has the focus").startsWith("Call …");
    browser.tabTo("All calls");
    browser.press(Keys.ENTER);
    browser.awaitText("Live calls only");
    browser.tabTo("Log out");
    browser.press(Keys.ENTER);
    browser.find("#token");
    browser.go(local("/console"));
    browser.find("#token");
    assertThat(browser.cookies()).doesNotContain("bridge_console");
  }

  @Test
  void showsTenThousandCallsAtOnce() {
    logIn();
    browser.find("tbody tr");
    browser.go(local("/console"));
    browser.find("tbody tr");
    long loaded = browser.number("performance.now()");
    long document = browser.number("performance.getEntriesByType('navigation')[0].responseEnd");
    browser.note(
        "document after %d ms, calls on the page within %d ms".formatted(document, loaded));
    assertThat(Duration.ofMillis(loaded)).isLessThan(Duration.ofSeconds(10));
    assertThat(browser.all("tbody tr")).hasSize(50);
    browser.click(".more button");
    browser.find("tbody tr:nth-child(100)");
    assertThat(browser.all("tbody tr")).hasSize(100);
  }

  @Test
  void showsACallWhileItGoesOn() {
    logIn();
    browser.awaitText("Live calls only");
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    browser.click("a[href='#call=" + call.callSid() + "']");
    browser.awaitText("Registered with Retell");
    browser.awaitText("With the agent");

    ToolCall order =
        ToolCall.of(
            twin.publicUrl("/add_event"),
            "place_order",
            Json.strings(
                Map.of(
                    "summary", "<b>one pizza</b>",
                    "total", "18.50",
                    "timestamp", "2026-11-22T19:30:00Z")));
    agent.callFunction(twin.publicUrl("/lookup"), "lookup_customer", Map.of());
    agent.callFunction(order);
    agent.callFunction(order);
    browser.awaitText("1 repeat absorbed");
    agent.callFunction(twin.publicUrl("/send_sms"), "send_sms", Map.of("message", "Hello Mia"));
    browser.awaitText("/send_sms");
    agent.callFunction(
        twin.publicUrl("/redirect"), "transfer_to_human", Map.of("summary", "wants a person"));
    call.awaitParty(Party.Kind.STUDIO);
    browser.awaitText("Handed over to a person");
    call.farEndHangsUp();
    call.awaitEnd();
    browser.awaitText("Retell: call analyzed");
    assertThat(browser.text()).contains("summary: text of 16 characters").doesNotContain("pizza");
    assertThat(browser.text()).doesNotContain(TwinNames.CALLER.substring(4));
    browser.assertAccessible("call, light");
    browser.picture("call-light");
    browser.inDark(true).assertAccessible("call, dark");
    browser.picture("call-dark");
    browser.narrow().assertAccessible("call, narrow");
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(400);
    browser.picture("call-narrow");
    browser.assertQuiet();
  }

  @Test
  void showsLightAndDarkWideAndNarrowCalls() {
    logIn();
    twin.retell().faults().next(Fault.status(401));
    LiveCall fallen = twin.twilio().openCall(call());
    fallen.awaitParty(Party.Kind.NUMBER);
    LiveCall call = twin.twilio().openCall(call());
    call.awaitAgent();
    browser.find("a[href='#call=" + fallen.callSid() + "']");
    browser.find("a[href='#call=" + call.callSid() + "']");
    browser.assertAccessible("calls, light");
    browser.picture("calls-light");
    browser.inDark(true).assertAccessible("calls, dark");
    browser.picture("calls-dark");
    browser.narrow().assertAccessible("calls, narrow");
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(400);
    browser.picture("calls-narrow");
    browser.click("input[type=checkbox]");
    browser.wide().inDark(false);
    browser.awaitNoText("Over");
    browser.picture("calls-live");
    fallen.hangUp();
    call.hangUp();
    fallen.awaitEnd();
    call.awaitEnd();
    browser.awaitNone("a[href='#call=" + fallen.callSid() + "']");
    browser.awaitNone("a[href='#call=" + call.callSid() + "']");
    browser.assertAccessible("live calls");

    browser.find("#search").sendKeys(FilledLedger.CALLER.replace("+61", "+61 "), Keys.ENTER);
    browser.awaitCount("tbody tr", 1);
    browser.find("#search").clear();
    browser.find("#search").sendKeys(call.callSid(), Keys.ENTER);
    browser.awaitText("Course");
    browser.assertQuiet();
  }

  @Test
  void forgetsWhatWasFoundWhenTheNextSearchFails() {
    logIn();
    browser.find("#search").sendKeys(FilledLedger.CALLER, Keys.ENTER);
    browser.awaitCount("tbody tr", 1);
    browser.find("#search").clear();
    browser.find("#search").sendKeys("+61", Keys.ENTER);
    browser.awaitCount("tbody tr", 50);
    browser.awaitNoText("Show all calls");
    assertThat(browser.textOf(".problem[role=alert]")).isNotBlank();
  }

  @Test
  void saysThatANumberHasMoreCallsThanItShows() {
    logIn();
    browser.find("#search").sendKeys(FilledLedger.REGULAR, Keys.ENTER);
    assertThat(browser.textOf("main > p.soft")).startsWith("The newest 50 calls");
    browser.assertAccessible("more calls than are shown");
  }

  @Test
  void noticesThatNothingComesAnyMore() {
    try (Front front = Front.before(local("/console"))) {
      browser.go(front.page());
      logIn();
      browser.find(".connection.on");
      front.fallSilent();
      browser.run(LATER.formatted(40_000));
      browser.find(".connection.off");
      front.recover();
      browser.run(LATER.formatted(40_000));
      browser.find(".connection.on");
    }
  }

  @Test
  void goesWhereAProxyWantsItsLoginAnew() {
    try (Front front = Front.before(local("/console"))) {
      browser.go(front.page());
      WebElement token = browser.find("#token");
      front.answer("302 Found\r\nLocation: " + local("/console"));
      token.sendKeys(BridgeUnderTest.OPERATIONS_TOKEN, Keys.ENTER);
      browser.awaitAddress(local("/console"));

      front.recover();
      browser.go(front.page());
      logIn();
      // Nothing that the page asks by itself may lead away before the click does.
      browser.find("tbody tr");
      browser.run("stream.close()");
      browser.awaitTrue("!loading && due === null");
      front.answer("302 Found\r\nLocation: " + local("/console"));
      browser.link("Outbox").click();
      browser.awaitAddress(local("/console"));
    }
  }

  @Test
  void blamesNotTheTokenForAProxyThatFails() {
    try (Front front = Front.before(local("/console"))) {
      browser.go(front.page());
      WebElement token = browser.find("#token");
      front.answer("502 Bad Gateway");
      token.sendKeys(BridgeUnderTest.OPERATIONS_TOKEN, Keys.ENTER);
      browser.awaitText("The bridge answered 502.");
      assertThat(browser.text()).doesNotContain("That is not the operations token.");
      assertThat(token.getDomAttribute("aria-invalid")).isNull();

      front.recover();
      browser.press(Keys.ENTER);
      browser.awaitText("Log out");
    }
  }

  @Test
  void drawsCallsWhileNewsComesFasterThanThePageLoads() {
    logIn();
    browser.find("tbody tr");
    browser.run(
        """
        const real = window.fetch;
        window.fetch = async (...asked) => {
          const answer = await real(...asked);
          await new Promise((done) => setTimeout(done, 1500));
          return answer;
        };
        const data = JSON.stringify({ calls: ['CA1'], live: 1, outbox: 0, dead: 0, ledger: true,
          state: { switches: {} } });
        setInterval(() => stream.dispatchEvent(new MessageEvent('news', { data })), 250);
        """);
    LiveCall call = twin.twilio().openCall(call());
    call.awaitAgent();
    browser.find("a[href='#call=" + call.callSid() + "']");
  }

  @Test
  void sendsADeadLetterAgain() {
    twin.segment().trackingFaults().always(Fault.status(400));
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    for (String summary : new String[] {"a", "b"}) {
      agent.callFunction(
          twin.publicUrl("/add_event"),
          "place_order",
          Map.of("summary", summary, "total", "1", "timestamp", "2026-11-22T19:30:00Z"));
    }
    call.hangUp();
    call.awaitEnd();
    logIn();
    browser.link("Outbox").click();
    browser.awaitText("Send all again");
    browser.assertAccessible("outbox, light");
    browser.picture("outbox-light");
    browser.inDark(true).assertAccessible("outbox, dark");
    browser.picture("outbox-dark");
    browser.narrow().assertAccessible("outbox, narrow");
    browser.wide();

    browser.run(REFUSES_ONCE);
    browser.click("tbody button");
    assertThat(browser.textOf("main .problem:not(:empty)")).isEqualTo("Who knows");
    browser.awaitFocus("Send again");
    browser.assertAccessible("outbox with a problem");

    twin.segment().trackingFaults().clear();
    browser.click("tbody button");
    browser.awaitNoText("Send all again");
    browser.click("tbody button");
    browser.awaitText("There are no dead letters");
    browser.assertQuiet();
  }

  @Test
  void showsStateAndFunctions() {
    logIn();
    browser.link("State").click();
    browser.awaitText("Vendors");
    browser.awaitText("SMS_FROM_NUMBER");
    browser.find("#share").clear();
    browser.find("#share").sendKeys("50", Keys.ENTER);
    browser.awaitText("Set here.");
    browser.run(REFUSES_ONCE);
    browser.click("[data-keep='Back to the settings']");
    assertThat(browser.textOf(".switches .problem:not(:empty)")).isEqualTo("Who knows");
    browser.click("[data-keep='Back to the settings']");
    browser.awaitNoText("Set here.");
    browser.click("[data-keep='turn']");
    browser.awaitText("Nothing was changed, so nothing was switched.");
    browser.assertAccessible("state, light");
    browser.picture("state-light");
    browser.inDark(true).assertAccessible("state, dark");
    browser.picture("state-dark");
    browser.narrow().assertAccessible("state, narrow");
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(400);
    browser.wide().inDark(false);

    browser.link("Functions").click();
    browser.awaitText("transfer_to_human");
    browser.click("details summary");
    browser.find("details[open] pre");
    browser.assertAccessible("functions, light");
    browser.picture("functions-light");
    browser.inDark(true).assertAccessible("functions, dark");
    browser.assertQuiet();
  }

  @Test
  void followsWhatIsSwitchedElsewhere() {
    logIn();
    browser.link("State").click();
    browser.awaitValue("#share", "100");
    try {
      turn("{\"ai_share\":50}");
      browser.awaitValue("#share", "50");

      browser.find("#share").clear();
      browser.find("#share").sendKeys("100");
      turn("{\"ai_share\":20,\"ai_hours\":\"Mo 08:00-18:00 UTC\"}");
      browser.awaitValue("#hours", "Mo 08:00-18:00 UTC");
      browser.awaitText("Set here: 20.");
      browser.awaitValue("#share", "100");
      browser.press(Keys.ENTER);
      browser.awaitNoText("Set here: 20.");
      assertThat(operate("/switches").body())
          .contains("\"ai_share\":100", "\"ai_hours\":\"Mo 08:00-18:00 UTC\"");

      browser.find("#hours").sendKeys(Keys.END, Keys.LEFT);
      turn("{\"ai_share\":30}");
      browser.awaitValue("#share", "30");
      browser.press("x");
      browser.awaitValue("#hours", "Mo 08:00-18:00 UTxC");
    } finally {
      turn("{\"ai_share\":null,\"ai_hours\":null}");
    }
    browser.assertQuiet();
  }

  @Test
  void followsWhatIsUnderWayAndTheBreakers() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    logIn();
    browser.link("State").click();
    browser.awaitText("0 under way on this node");
    CountDownLatch letGo = new CountDownLatch(1);
    twin.twilio().faults().next(Fault.held(letGo));
    CompletableFuture<ToolAnswer> handover =
        CompletableFuture.supplyAsync(
            () ->
                agent.callFunction(
                    twin.publicUrl("/redirect"), "transfer", Map.of("summary", "x")));
    browser.awaitText("1 under way on this node");
    letGo.countDown();
    assertThat(handover.join().json().getString("status")).isEqualTo("moved");
    browser.awaitText("0 under way on this node");
    call.awaitParty(Party.Kind.STUDIO);
    call.farEndHangsUp();
    call.awaitEnd();

    twin.retell().faults().always(Fault.cut());
    Await.until(
        "the breaker opens",
        () -> {
          IntStream.range(0, 10).forEach(i -> twin.twilio().placeCall(call()));
          return retellBreakerAfterACall().equals("OPEN");
        });
    browser.find(".vendor:first-of-type .badge.bad");
    twin.retell().faults().clear();
    Await.until("the breaker closes", () -> retellBreakerAfterACall().equals("CLOSED"));
    browser.find(".vendor:first-of-type .badge.good");
    browser.assertQuiet();
  }

  private String retellBreakerAfterACall() {
    twin.twilio().placeCall(call());
    return Json.parseObject(operate("/status").body())
        .orElseThrow()
        .getJsonObject("vendors")
        .getJsonObject("retell")
        .getString("breaker");
  }

  @Test
  void leavesPeopleWhereTheyAreWhenACallComes() {
    logIn();
    browser.click(".more button");
    browser.awaitCount("tbody tr", 100);
    browser.click(".more button");
    browser.awaitCount("tbody tr", 150);
    browser.run("scrollTo(0, 0)");
    awaitNewCall();
    assertThat(browser.number("scrollY")).isZero();
    browser.awaitFocus("Older calls");

    browser.find("#search").sendKeys("CAx", Keys.LEFT);
    browser.run("scrollTo(0, 700)");
    awaitNewCall();
    assertThat(browser.number("scrollY")).isEqualTo(700);
    browser.press("7");
    browser.awaitValue("#search", "CA7x");
    browser.assertQuiet();
  }

  private void awaitNewCall() {
    LiveCall call = twin.twilio().openCall(call());
    browser.find("a[href='#call=" + call.callSid() + "']");
    call.hangUp();
    call.awaitEnd();
  }

  @Test
  void takesNoClickAndNoMarkedTextAwayWhenACallComes() {
    logIn();
    browser.find("tbody tr");
    browser.run(HOLDS_LISTS);
    LiveCall call = twin.twilio().openCall(call());
    call.awaitAgent();
    String row = "a[href='#call=" + call.callSid() + "']";
    browser.awaitTrue("asked > 0");
    browser.run("getSelection().selectAllChildren(document.querySelector('tbody td'))");
    browser.run("letGo()");
    browser.awaitTrue("loaded.includes('" + call.callSid() + "')");
    assertThat(browser.all(row)).as("while text is marked").isEmpty();
    browser.run("getSelection().removeAllRanges()");
    browser.find(row);

    browser.run(HOLDS_LISTS);
    LiveCall next = twin.twilio().openCall(call());
    next.awaitAgent();
    browser.awaitTrue("asked > 0");
    browser.hold("tbody tr:nth-child(20) a");
    browser.run("letGo()");
    browser.awaitTrue("loaded.includes('" + next.callSid() + "')");
    browser.release();
    browser.awaitText("Course");
    browser.assertQuiet();
  }

  @Test
  void drawsAtLastWhatAPressThatNeverEndsHeldUp() {
    logIn();
    browser.find("tbody tr");
    browser.run(HOLDS_LISTS);
    browser.run("const at = performance.now(); performance.now = () => at");
    browser.hold("tbody tr:nth-child(20) a");
    LiveCall call = twin.twilio().openCall(call());
    String row = "a[href='#call=" + call.callSid() + "']";
    browser.awaitTrue("asked > 0");
    browser.run("letGo()");
    browser.awaitTrue("loaded.includes('" + call.callSid() + "')");
    assertThat(browser.all(row)).as("while the button is held down").isEmpty();
    browser.run(LATER.formatted(10_000));
    browser.find(row);
  }

  @Test
  void noticesWhatChangesWithTimeAlone() {
    logIn();
    LiveCall call = twin.twilio().openCall(call());
    browser.find("a[href='#call=" + call.callSid() + "']");
    browser.awaitNoText("End unknown");
    browser.run(CLOCK.formatted(-3_600_000));
    browser.awaitText("0 ms");
    assertThat(browser.textOf("tbody")).doesNotContainPattern("-\\d[\\d.]* (ms|s|min|h)");
    browser.run(CLOCK.formatted(10 * 3_600_000));
    browser.awaitText("End unknown");
  }

  @Test
  void showsAgainWhatCouldNotBeShown() {
    logIn();
    browser.find("tbody tr");
    browser.run(
        """
        window.real = window.fetch;
        window.fetch = async () => new Response('{}', { status: 503 });
        """);
    browser.click("input[type=checkbox]");
    browser.awaitText("The ledger is down");
    browser.run("window.fetch = real; stream.dispatchEvent(new MessageEvent('beat'))");
    browser.awaitText("Live calls only");
  }

  @Test
  void drainsOnlyWhoeverMeansIt() {
    logIn();
    browser.link("State").click();
    browser.awaitText("Drain all nodes");
    browser.tabTo("Drain this node");
    browser.press(Keys.ENTER);
    browser.awaitText("Yes, drain this node");
    String node = Json.parseObject(operate("/status").body()).orElseThrow().getString("node");
    assertThat(browser.textOf("#node")).isEqualTo(node);
    assertThat(browser.textOf("#confirm"))
        .contains("the new calls of node " + node, "on the node’s own address");
    browser.awaitFocus("No, keep taking calls");
    browser.assertAccessible("asked whether to drain");
    browser.press(Keys.ENTER);
    browser.awaitFocus("Drain this node");
    assertThat(operate("/switches").body()).contains("\"draining\":false");

    browser.press(Keys.ENTER);
    browser.awaitFocus("No, keep taking calls");
    browser.tabBackTo("Yes, drain this node");
    browser.press(Keys.ENTER);
    browser.awaitText("Draining this node: new calls get no agent");
    browser.awaitFocus("End draining");
    browser.link("Calls").click();
    browser.awaitText("Live calls only");
    browser.assertAccessible("draining, light");
    browser.picture("draining-light");
    browser.inDark(true).assertAccessible("draining, dark");
    browser.narrow().assertAccessible("draining, narrow");
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(400);
    browser.wide().inDark(false);
    browser.link("Draining this node: new calls get no agent").click();
    browser.find("#share").clear();
    browser.find("#share").sendKeys("42");
    browser.click("[data-keep='End draining']");
    browser.awaitNoText("Draining this node: new calls get no agent");
    browser.awaitText("Drain this node");
    browser.awaitValue("#share", "42");
    assertThat(operate("/switches").body()).contains("\"draining\":false");
    browser.assertQuiet();
  }

  @Test
  void examinesTheSettingsByKeyboardAlone() {
    logIn();
    browser.link("State").click();
    browser.awaitText("Examine the settings");
    CountDownLatch letGo = new CountDownLatch(1);
    twin.retell().faults().next(Fault.held(letGo));
    browser.tabTo("Examine the settings");
    browser.press(Keys.ENTER);
    browser.awaitText("Examining for");
    assertThat(browser.focused()).as("the focus stays").isEqualTo("Examine the settings");
    browser.assertAccessible("examination under way");
    browser.press(Keys.ENTER);
    letGo.countDown();
    browser.awaitText("0 wrong, ");
    assertThat(browser.text()).doesNotContain("Examining for", "under way already");
    browser.awaitFocus("0 wrong, ");

    twin.retell().faults().always(Fault.status(401));
    browser.tabBackTo("Examine the settings");
    browser.press(Keys.ENTER);
    browser.awaitFocus("2 wrong, ");
    browser.awaitText("Retell refuses this key (HTTP 401).");
    browser.awaitText("It was not examined, because Retell refuses the key.");
    browser.link("Calls").click();
    browser.awaitText("Live calls only");
    browser.link("State").click();
    browser.awaitText("Retell refuses this key (HTTP 401).");
    browser.assertAccessible("doctor, light");
    browser.picture("doctor-light");
    browser.inDark(true).assertAccessible("doctor, dark");
    browser.picture("doctor-dark");
    browser.narrow().assertAccessible("doctor, narrow");
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(400);
    browser.picture("doctor-narrow");
    browser.assertQuiet();
  }

  @Test
  void letsGoOnWhoeverDoesNotWaitForTheDoctor() {
    logIn();
    browser.link("State").click();
    browser.awaitText("Examine the settings");
    CountDownLatch letGo = new CountDownLatch(1);
    twin.retell().faults().next(Fault.held(letGo));
    browser.click("[data-keep='examine']");
    browser.awaitText("Examining for");
    browser.find("#hours").sendKeys(Keys.END);
    letGo.countDown();
    browser.awaitText("0 wrong, ");
    browser.awaitTrue("!loading");
    browser.press("x");
    browser.awaitValue("#hours", "alwaysx");
  }

  private void turn(String order) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(local("/switches"))
                .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(order)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void logIn() {
    browser.find("#token").sendKeys(BridgeUnderTest.OPERATIONS_TOKEN, Keys.ENTER);
    browser.awaitText("Log out");
  }
}
