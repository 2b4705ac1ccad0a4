package org.retellbridge.portability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code drain.sh} asks of a bridge, and how long it waits for it. */
class DrainScriptTest {
  private static final Path SCRIPT =
      Path.of("server-config/payara-micro/drain.sh").toAbsolutePath();
  private static final Path KUBERNETES = Path.of("server-config/kubernetes/bridge.yaml");
  private static final String TOKEN = "a\"token\\of$operators";
  private static final String PLAIN = "a-token-of-operators";
  private static final int ENOUGH_TO_STOP = 20;

  /** Instead of what is under way: no answer, one that does not come yet, one with 503. */
  private static final int LOST = -1;

  private static final int HELD = -2;
  private static final int FAULT = -3;

  @TempDir private Path data;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> underWay = new ArrayDeque<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private String token = TOKEN;
  private HttpServer bridge;

  @BeforeEach
  void start() throws IOException {
    bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bridge.createContext("/switches", this::answer);
    bridge.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    bridge.stop(0);
  }

  @Test
  void endsWhenNothingIsUnderWay() throws Exception {
    underWay.addAll(List.of(10, 1, 0));

    assertThat(run(Map.of("OPERATIONS_TOKEN", TOKEN, "DRAIN_LONGEST", "60"))).isEmpty();
    assertThat(asked).containsExactly("PUT {\"drain\": true}", "GET ", "GET ");
  }

  @Test
  void findsTheTokenThatTheBridgeMade() throws Exception {
    underWay.add(0);
    Files.writeString(data.resolve("operations.token"), TOKEN + "\n");

    assertThat(run(Map.of())).isEmpty();
    assertThat(asked).containsExactly("PUT {\"drain\": true}");
  }

  @Test
  void waitsForSomethingThatStaysNoLongerThanItIsTold() throws Exception {
    underWay.add(3);

    assertThat(run(Map.of("OPERATIONS_TOKEN", TOKEN, "DRAIN_LONGEST", "5")))
        .contains("still under way after 5 s");
  }

  /**
   * What is under way is then not known, so nothing may be cut off before its time. The shell's
   * clock counts full seconds, so that the first of them may be over at once.
   */
  @Test
  void waitsWhenItIsRefused() throws Exception {
    Instant start = Instant.now();

    assertThat(run(Map.of("OPERATIONS_TOKEN", "another", "DRAIN_LONGEST", "2")))
        .contains("It refused to drain");
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void waitsForNoBridgeThatIsGone() throws Exception {
    bridge.stop(0);

    assertThat(run(Map.of("OPERATIONS_TOKEN", TOKEN))).contains("Nobody answers");
  }

  /** A bridge that is busy has the more to lose. */
  @Test
  void asksAgainWhenTheAnswerGetsLost() throws Exception {
    underWay.addAll(List.of(LOST, LOST, 1, LOST, 0));

    assertThat(run(Map.of("OPERATIONS_TOKEN", TOKEN, "DRAIN_LONGEST", "60"))).isEmpty();
    assertThat(asked)
        .containsExactly(
            "PUT {\"drain\": true}",
            "PUT {\"drain\": true}",
            "PUT {\"drain\": true}",
            "GET ",
            "GET ");
  }

  @Test
  void asksAgainWhenTheAnswerIsAFault() throws Exception {
    underWay.addAll(List.of(FAULT, 0));

    assertThat(run(Map.of("OPERATIONS_TOKEN", TOKEN, "DRAIN_LONGEST", "60"))).isEmpty();
    assertThat(asked).containsExactly("PUT {\"drain\": true}", "PUT {\"drain\": true}");
  }

  @Test
  void takesAnAnswerThatIsLateForNobodysAbsence() throws Exception {
    underWay.add(HELD);
    Instant start = Instant.now();

    assertThat(run(Map.of("OPERATIONS_TOKEN", TOKEN, "DRAIN_LONGEST", "2")))
        .contains("did not say within 2 s");
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"%s\"", "'%s'", " %s ", "%s"})
  void readsTheTokenAsTheBridgeDoes(String written) throws Exception {
    underWay.add(0);
    token = PLAIN;

    assertThat(run(Map.of("OPERATIONS_TOKEN", written.formatted(PLAIN)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPERATIONS_TOKEN=%s",
        "OPERATIONS_TOKEN = \"%s\"  # \"ours\"",
        "export OPERATIONS_TOKEN='%s'\r",
        "#OPERATIONS_TOKEN=commented\nOPERATIONS_TOKEN=first\nOPERATIONS_TOKEN=%s # ours\nX=y",
        "OPERATIONS_TOKEN=%s\nOTHER_OPERATIONS_TOKEN=x\n#OPERATIONS_TOKEN=",
      })
  void findsTheTokenInTheFileOfSettings(String written) throws Exception {
    underWay.add(0);
    Path file = Files.writeString(data.resolve("settings"), written.formatted(token));

    assertThat(run(Map.of("OPERATIONS_TOKEN", " ", "BRIDGE_ENV_FILE", file.toString()))).isEmpty();
  }

  @Test
  void findsTheFolderInTheFileOfSettings() throws Exception {
    underWay.add(0);
    Files.writeString(data.resolve("operations.token"), TOKEN + "\n");
    Path file = Files.writeString(data.resolve("settings"), "BRIDGE_DATA_DIR=" + data);

    assertThat(run(Map.of("BRIDGE_DATA_DIR", "", "BRIDGE_ENV_FILE", file.toString()))).isEmpty();
  }

  @Test
  void hasTheTimeThatItMayTakeInKubernetes() throws Exception {
    String yaml = Files.readString(KUBERNETES);
    String script = Files.readString(SCRIPT);

    assertThat(yaml).contains("command: [\"/opt/bridge/drain.sh\"]");
    assertThat(number(yaml, "terminationGracePeriodSeconds: ([0-9]+)"))
        .isGreaterThanOrEqualTo(
            number(script, "\\{DRAIN_AFTER:-([0-9]+)\\}")
                + number(script, "\\{DRAIN_LONGEST:-([0-9]+)\\}")
                + ENOUGH_TO_STOP);
  }

  private static int number(String text, String expression) {
    Matcher matcher = Pattern.compile(expression).matcher(text);
    assertThat(matcher.find()).as(expression).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add(exchange.getRequestMethod() + " " + body);
    boolean operator =
        ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!operator) {
      send(exchange, 404, "{\"status\":404}");
      return;
    }
    int left = underWay.size() > 1 ? underWay.remove() : underWay.element();
    switch (left) {
      case LOST -> exchange.close();
      case HELD -> {
        hold();
        exchange.close();
      }
      case FAULT -> send(exchange, 503, "{\"status\":503}");
      default -> send(exchange, 200, "{\"draining\":true,\"under_way\":" + left + "}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] answer = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void hold() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it says; it has to end well, or Kubernetes would report a hook that failed. */
  private String run(Map<String, String> settings) throws Exception {
    ProcessBuilder script = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
    script.environment().put("HTTP_PORT", Integer.toString(bridge.getAddress().getPort()));
    script.environment().put("BRIDGE_DATA_DIR", data.toString());
    script.environment().put("DRAIN_AFTER", "0");
    script.environment().put("DRAIN_LONGEST", "20");
    script.environment().put("BRIDGE_ENV_FILE", data.resolve("none").toString());
    script.environment().putAll(settings);
    Process process = script.redirectInput(Path.of("/dev/null").toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
