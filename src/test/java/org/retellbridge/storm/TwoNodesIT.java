package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.Node;
import org.retellbridge.harness.server.JndiDatabase;
import org.retellbridge.storm.Errand.Told;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.wire.Fault;

/** Two nodes that know of each other by their PostgreSQL only. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Twin twin = Twin.start();
  private static final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir private static Path folder;
  private static Node one;
  private static Node other;
  private static int number;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> settings = new HashMap<>(twin.settings());
    settings.put("BRIDGE_DATASOURCE", "jdbc/bridge");
    settings.put("BRIDGE_DATA_KEY", "dGhlIGRhdGEga2V5IG9mIHRoZSB0ZXN0cywgMzIgYi4=");
    settings.put("OPERATIONS_TOKEN", "operations-token-of-the-tests");
    Map<String, String> database = JndiDatabase.environment();
    one = Node.in(folder.resolve("one"), settings, dataSource()).with(database).start();
    other = Node.in(folder.resolve("other"), settings, dataSource()).with(database).start();
    one.awaitUp();
    other.awaitUp();
    // They answer before, and until then each goes on alone.
    Await.until("both have their ledger", PATIENCE, () -> hasLedger(one) && hasLedger(other));
    assertThat(one.log() + other.log()).doesNotContain("no data source under the JNDI name");
  }

  /** The commands that users get. */
  private static List<String> dataSource() {
    Path first = Path.of(System.getProperty("bridge.preboot"));
    return List.of(
        "--prebootcommandfile",
        JndiDatabase.commands(first, folder).toString(),
        "--addlibs",
        JndiDatabase.driver().toString());
  }

  @AfterAll
  static void stop() {
    if (one != null) {
      one.close();
    }
    if (other != null) {
      other.close();
    }
    threads.shutdownNow();
    twin.close();
  }

  @BeforeEach
  void forget() {
    twin.reset();
  }

  @ParameterizedTest
  @EnumSource
  @Order(1)
  void areOneForRequestsOfTheSameMoment(Errand.Kind kind) {
    List<Errand> errands = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Errand errand = Errand.of(kind, ++number, twin);
      errands.add(errand);
      CompletableFuture<Told> here = ask(errand, one);
      CompletableFuture<Told> there = ask(errand, other);
      assertThat(here.join()).isEqualTo(Told.DONE);
      assertThat(there.join()).isEqualTo(Told.DONE);
      assertThat(errand.texts).as("one answer for both").hasSize(1);
    }
    awaitArrival(errands);
    Reckoning.of(errands, twin);
  }

  /** What was accepted is on its way. */
  private static void awaitArrival(List<Errand> errands) {
    Await.until("all have arrived", () -> Reckoning.arrived(errands, twin) == errands.size());
  }

  @ParameterizedTest
  @EnumSource
  @Order(2)
  void repeatEachOthersAnswers(Errand.Kind kind) {
    Errand errand = Errand.of(kind, ++number, twin);
    assertThat(errand.ask(one.url("/"))).isEqualTo(Told.DONE);
    assertThat(errand.ask(other.url("/"))).isEqualTo(Told.DONE);
    assertThat(errand.ask(one.url("/"))).isEqualTo(Told.DONE);

    assertThat(errand.texts).hasSize(1);
    awaitArrival(List.of(errand));
    Reckoning.of(List.of(errand), twin);
  }

  @Test
  @Order(2)
  void seeEachOthersSwitches() {
    assertThat(switches(one, "{\"ai_share\": 0, \"drain\": \"all\"}"))
        .contains("\"ai_share\":0", "\"draining\":true");
    // They are turned one after the other.
    Await.until(
        "the other node sees both",
        Duration.ofSeconds(15),
        () -> switches(other).matches(".*\"ai_share\":0,.*\"draining\":true.*"));

    switches(other, "{\"ai_share\": null, \"drain\": false}");
    Await.until(
        "the first node sees that",
        Duration.ofSeconds(15),
        () -> switches(one).matches(".*\"ai_share\":100.*\"draining\":false.*"));
    switches(one, "{\"drain\": true}");
    assertThat(switches(other)).contains("\"draining\":false");
    switches(one, "{\"drain\": false}");
  }

  private static String switches(Node node) {
    return operate(node, "/switches", request -> request.GET());
  }

  private static String switches(Node node, String order) {
    return operate(
        node, "/switches", request -> request.PUT(HttpRequest.BodyPublishers.ofString(order)));
  }

  private static boolean hasLedger(Node node) {
    return operate(node, "/status", request -> request.GET()).contains("\"up\":true");
  }

  private static String operate(Node node, String path, UnaryOperator<HttpRequest.Builder> method) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url(path)))
            .header("Authorization", "Bearer operations-token-of-the-tests");
    try {
      return HttpClient.newHttpClient()
          .send(method.apply(request).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Order(3)
  void takeOverWhatAKilledNodeHeld() {
    Errand event = Errand.of(Errand.Kind.EVENT, ++number, twin);
    Errand sms = Errand.of(Errand.Kind.SMS, ++number, twin);
    twin.segment().trackingFaults().always(Fault.silent());
    twin.twilio().faults().always(Fault.late(Duration.ofSeconds(8)));
    ask(event, one);
    ask(sms, one);
    Await.until(
        "both are on their way",
        () ->
            twin.segment().trackingRequests().total() > 0
                && twin.twilio().requests().count("/Messages") > 0);

    one.kill();
    twin.segment().trackingFaults().clear();
    twin.twilio().faults().clear();

    assertThat(event.ask(other.url("/"))).as("accepted before the kill").isEqualTo(Told.DONE);
    assertThat(sms.ask(other.url("/"))).as("nobody knows").isEqualTo(Told.UNKNOWN);
    Await.until(
        "the other node delivers it",
        Duration.ofSeconds(90),
        () -> Reckoning.arrived(List.of(event), twin) == 1);
    Reckoning.of(List.of(event, sms), twin);
    assertThat(sms.ask(other.url("/"))).isEqualTo(Told.UNKNOWN);
    assertThat(twin.twilio().requests().count("/Messages")).isEqualTo(1);
  }

  private static CompletableFuture<Told> ask(Errand errand, Node node) {
    return CompletableFuture.supplyAsync(() -> errand.ask(node.url("/")), threads);
  }
}
