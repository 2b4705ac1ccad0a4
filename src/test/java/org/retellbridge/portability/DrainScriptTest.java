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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code drain.sh} asks of a bridge, and how long it waits for it. */
class DrainScriptTest {
  private static final Path SCRIPT =
      Path.of("server-config/payara-micro/drain.sh").toAbsolutePath();
  private static final Path KUBERNETES = Path.of("server-config/kubernetes/bridge.yaml");
  private static final String TOKEN = "a\"token\\of$operators";
  private static final int ENOUGH_TO_STOP = 20;

  @TempDir private Path data;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> underWay = new ArrayDeque<>();
  private HttpServer bridge;

  @BeforeEach
  void start() throws IOException {
    bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bridge.createContext("/switches", this::answer);
    bridge.start();
  }

  @AfterEach
  void stop() {
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

    assertThat(run(Map.of("OPERATIONS_TOKEN", TOKEN, "DRAIN_LONGEST", "1")))
        .contains("still under way after 1 s");
  }

  /** What is under way is then not known, so nothing may be cut off before its time. */
  @Test
  void waitsWhenItIsRefused() throws Exception {
    Instant start = Instant.now();

    assertThat(run(Map.of("OPERATIONS_TOKEN", "another", "DRAIN_LONGEST", "1")))
        .contains("It refused to drain");
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void waitsForNoBridgeThatIsGone() throws Exception {
    bridge.stop(0);

    assertThat(run(Map.of("OPERATIONS_TOKEN", TOKEN))).contains("Nobody answers");
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
    boolean operator =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] answer = (operator ? state() : "{\"status\":404}").getBytes(UTF_8);
    asked.add(exchange.getRequestMethod() + " " + body);
    exchange.sendResponseHeaders(operator ? 200 : 404, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String state() {
    int left = underWay.size() > 1 ? underWay.remove() : underWay.element();
    return "{\"draining\":true,\"under_way\":" + left + "}";
  }

  /** What it says; it has to end well, or Kubernetes would report a hook that failed. */
  private String run(Map<String, String> settings) throws Exception {
    ProcessBuilder script = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
    script.environment().put("HTTP_PORT", Integer.toString(bridge.getAddress().getPort()));
    script.environment().put("BRIDGE_DATA_DIR", data.toString());
    script.environment().put("DRAIN_AFTER", "0");
    script.environment().putAll(settings);
    Process process = script.redirectInput(Path.of("/dev/null").toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
