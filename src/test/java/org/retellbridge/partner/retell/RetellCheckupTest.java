package org.retellbridge.partner.retell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.http.TestHttp;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.OwnFault;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.FaultRule;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** Each wrong setting of Retell's, asked at the twin. */
class RetellCheckupTest {
  private final Twin twin = Twin.start();
  private final TestHttp http = TestHttp.open();
  private final Pulse pulse = new Pulse(new Metrics(), "retell");
  private Clock clock = Clock.systemUTC();

  @AfterEach
  void end() {
    twin.close();
    http.close();
  }

  @Test
  void findsNothingWrongWhereAllIsWell() {
    assertThat(results(Map.of()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "RETELL_API_KEY", "OK",
                "RETELL_API_BASE_URL", "OK",
                "RETELL_AGENT_ID", "OK",
                "RETELL_AGENT_VERSION", "OK"));
    assertThat(twin.retell().requests().all()).allMatch(it -> it.method().equals("GET"));
    assertThat(pulse.lastSuccess()).isPresent();
  }

  /** Also while the key is refused, for which it is taken. */
  @ParameterizedTest
  @CsvSource({"''" + ", 0", "key_wrong, 1"})
  void comparesTheClockWithRetells(String key, int wrong) {
    clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    Map<String, String> changed = key.isEmpty() ? Map.of() : Map.of("RETELL_API_KEY", key);
    assertThat(results(changed).values()).filteredOn("WRONG"::equals).hasSize(wrong + 1);
    assertThat(examine(changed))
        .anyMatch(
            it ->
                it.setting().equals("clock")
                    && it.sentence().contains("s ahead of Retell's. From 5 minutes on every"));
  }

  @ParameterizedTest
  @CsvSource({
    "RETELL_API_KEY, key_wrong",
    "RETELL_API_KEY, ''",
    "RETELL_AGENT_ID, agent_nobody",
    "RETELL_AGENT_ID, agent_00000000000000000000000twin@99",
    "RETELL_AGENT_VERSION, no_such_tag",
    "RETELL_AGENTS, +61255500001=agent_nobody",
    "RETELL_AGENTS, +61255500001=agent_000000000000000000000other@99"
  })
  void namesTheWrongSetting(String setting, String value) {
    Diagnosis diagnosis = wrong(Map.of(setting, value));

    assertThat(diagnosis.setting()).isEqualTo(setting);
    assertThat(diagnosis.advice()).isNotBlank();
    assertThat(diagnosis.toString()).doesNotContain("key_wrong");
  }

  /** Its description of the API says 422, its list of statuses leaves room for 404. */
  @ParameterizedTest
  @ValueSource(ints = {404, 422})
  void knowsThatRetellHasNoSuchAgent(int status) {
    agentsAnswer(FaultRule.of(Fault.status(status)));
    assertThat(wrong(Map.of()).sentence()).contains("has no agent " + TwinNames.AGENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 422})
  void knowsThatAnAgentHasNoSuchVersion(int status) {
    agentsAnswer(FaultRule.of(Fault.status(status)).on(RetellCheckupTest::namesAVersion));
    assertThat(wrong(Map.of()).sentence()).contains("but no version prod of it");
    assertThat(results(Map.of())).containsEntry("RETELL_AGENT_ID", "OK");
  }

  @Test
  void doesNotBlameATagThatRetellDoesNotTakeHere() {
    agentsAnswer(FaultRule.of(Fault.status(400)).on(RetellCheckupTest::namesAVersion));
    assertThat(results(Map.of()))
        .containsEntry("RETELL_AGENT_ID", "OK")
        .containsEntry("RETELL_AGENT_VERSION", "UNKNOWN");
    assertThat(sentence(Map.of())).contains("does not tell of version prod");
    assertThat(results(Map.of("RETELL_AGENT_VERSION", "")))
        .as("the newest is asked for without a version")
        .containsEntry("RETELL_AGENT_ID", "OK");
    assertThat(results(Map.of("RETELL_AGENT_VERSION", "6")))
        .as("a number is in the description")
        .containsEntry("RETELL_AGENT_ID", "UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void saysWhatTheKeyMustBeAllowed(int status) {
    agentsAnswer(FaultRule.of(Fault.status(status)));
    assertThat(examine(Map.of()))
        .filteredOn(it -> it.setting().equals("RETELL_AGENT_ID"))
        .singleElement()
        .returns(Diagnosis.Result.UNKNOWN, Diagnosis::result)
        .satisfies(it -> assertThat(it.advice()).contains("Agent: View"));
  }

  private void agentsAnswer(FaultRule fault) {
    twin.retell().faults().add(fault.on("/get-agent/"));
  }

  private static boolean namesAVersion(Request request) {
    return request.rawQuery().contains("version");
  }

  /** The twin's version 7 is one. */
  @ParameterizedTest
  @CsvSource({
    "RETELL_AGENT_ID, agent_00000000000000000000000twin@7, RETELL_AGENT_ID",
    "RETELL_AGENTS, +61255500001=agent_000000000000000000000other@7, RETELL_AGENTS",
    "RETELL_AGENT_VERSION, 7, RETELL_AGENT_VERSION"
  })
  void warnsOfAPinnedDraft(String setting, String value, String told) {
    assertThat(examine(Map.of(setting, value)))
        .filteredOn(it -> it.setting().equals(told))
        .singleElement()
        .returns(Diagnosis.Result.UNKNOWN, Diagnosis::result)
        .satisfies(it -> assertThat(it.sentence()).contains("@7, but that version is a draft"))
        .satisfies(it -> assertThat(it.advice()).startsWith("Publish that version"));
    assertThat(results(Map.of(setting, value)))
        .containsKeys("RETELL_AGENT_ID", "RETELL_AGENT_VERSION")
        .doesNotContainValue("WRONG");
  }

  @Test
  void takesAnotherServerForWhatItIs() {
    assertThat(wrong(Map.of("RETELL_API_BASE_URL", twin.retellApi() + "/elsewhere")).setting())
        .isEqualTo("RETELL_API_BASE_URL");
  }

  @Test
  void judgesNothingWhileRetellIsDown() {
    twin.retell().faults().always(new Fault.Says(Reply.empty(503), false));
    saysThatNothingWasExamined(Map.of(), "Retell gave no usable answer");
    saysThatNothingWasExamined(
        Map.of("RETELL_API_BASE_URL", "http://127.0.0.1:1"), "Retell gave no usable answer");
    assertThat(pulse.lastFailure()).isPresent();
    assertThat(pulse.unreached()).hasValue("connection refused");
    assertThat(pulse.lastSuccess()).isEmpty();
  }

  /** Nobody else tells it: these questions go past the guard. */
  @Test
  void tellsAFaultOfTheBridgeOnce() {
    try (TestHttp faulty = TestHttp.faulty(new IllegalStateException("Mia Example"));
        Logged log = Logged.by(OwnFault.class)) {
      new RetellCheckup(TestSettings.of(twin.settings()), faulty.get(), pulse, clock)
          .examine()
          .toCompletableFuture()
          .join();
      assertThat(log.lines().stream().filter(line -> line.startsWith("SEVERE")))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line)
                      .contains("as it asked retell\njava.lang.IllegalStateException\n\tat ")
                      .doesNotContain("Mia"));
    }
    assertThat(pulse.lastFailure().orElseThrow().kind()).isEqualTo("fault");
  }

  private void saysThatNothingWasExamined(Map<String, String> changed, String reason) {
    Map<String, String> settings = new HashMap<>(changed);
    settings.put("RETELL_AGENTS", "+61255500001=agent_a");
    assertThat(results(settings))
        .isEqualTo(
            Map.of(
                "RETELL_API_BASE_URL", "UNKNOWN",
                "RETELL_API_KEY", "UNKNOWN",
                "RETELL_AGENT_ID", "UNKNOWN",
                "RETELL_AGENTS", "UNKNOWN",
                "RETELL_AGENT_VERSION", "UNKNOWN"));
    assertThat(examine(settings))
        .filteredOn(it -> !it.setting().equals("RETELL_API_BASE_URL"))
        .allMatch(it -> it.sentence().equals("It was not examined, because " + reason + "."));
  }

  @ParameterizedTest
  @CsvSource({"key_wrong, Retell refuses the key", "'', RETELL_API_KEY is not set"})
  void saysWhyAgentsAreNotExamined(String key, String reason) {
    assertThat(examine(Map.of("RETELL_API_KEY", key)))
        .filteredOn(it -> it.setting().equals("RETELL_AGENT_ID"))
        .singleElement()
        .satisfies(it -> assertThat(it.sentence()).contains("not examined, because " + reason));
    assertThat(results(Map.of("RETELL_API_KEY", key, "RETELL_AGENT_ID", "")))
        .containsEntry("RETELL_AGENT_ID", "UNKNOWN");
  }

  @Test
  void warnsOfTheLatestVersion() {
    assertThat(examine(Map.of("RETELL_AGENT_VERSION", "")))
        .filteredOn(it -> it.setting().equals("RETELL_AGENT_ID"))
        .singleElement()
        .satisfies(it -> assertThat(it.advice()).contains("RETELL_AGENT_VERSION"));
    assertThat(results(Map.of("RETELL_AGENT_VERSION", "")))
        .containsEntry("RETELL_AGENT_VERSION", "UNKNOWN");
  }

  /** What RETELL_AGENT_VERSION says does not count for such an agent. */
  @ParameterizedTest
  @CsvSource({"RETELL_AGENT_ID, ''", "RETELL_AGENTS, +61255500000="})
  void warnsOfAnAgentThatAsksForItsLatestVersion(String setting, String number) {
    Map<String, String> latest = Map.of(setting, number + TwinNames.AGENT + "@latest");
    assertThat(results(latest))
        .containsEntry(setting, "UNKNOWN")
        .containsEntry("RETELL_AGENT_VERSION", "OK");
    assertThat(examine(latest))
        .filteredOn(it -> it.setting().equals(setting))
        .singleElement()
        .satisfies(it -> assertThat(it.sentence()).contains("A draft may serve its calls"))
        .satisfies(it -> assertThat(it.advice()).contains("take @latest away"));
  }

  @Test
  void examinesTheVersionByAnAgentThatIsThere() {
    Map<String, String> oneOfTwo = Map.of("RETELL_AGENTS", "+61255500000=agent_nobody");
    assertThat(sentence(oneOfTwo)).contains(TwinNames.AGENT).contains("but not each agent");
    assertThat(results(oneOfTwo))
        .containsEntry("RETELL_AGENT_VERSION", "OK")
        .containsEntry("RETELL_AGENTS", "WRONG");
  }

  @Test
  void saysWhatTheVersionIsFor() {
    String pinned = TwinNames.AGENT + "@prod";
    assertThat(sentence(Map.of("RETELL_AGENT_ID", pinned))).contains("a version of its own");
    assertThat(sentence(Map.of("RETELL_AGENT_ID", ""))).contains("no agent was found");
    Map<String, String> nobody = Map.of("RETELL_AGENT_ID", "agent_nobody");
    assertThat(sentence(nobody)).contains("no agent was found");
    assertThat(results(nobody)).containsEntry("RETELL_AGENT_VERSION", "UNKNOWN");
  }

  private String sentence(Map<String, String> changed) {
    return examine(changed).stream()
        .filter(it -> it.setting().equals("RETELL_AGENT_VERSION"))
        .map(Diagnosis::sentence)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysWhenNoAgentIsSet() {
    assertThat(examine(Map.of("RETELL_AGENT_ID", "")))
        .anyMatch(it -> it.sentence().startsWith("Neither it nor RETELL_AGENTS names an agent"));
    assertThat(results(Map.of("RETELL_AGENT_ID", ""))).containsEntry("RETELL_AGENT_ID", "UNKNOWN");
  }

  private Diagnosis wrong(Map<String, String> changed) {
    List<Diagnosis> wrong =
        examine(changed).stream().filter(it -> it.result() == Diagnosis.Result.WRONG).toList();
    assertThat(wrong).hasSize(1);
    return wrong.get(0);
  }

  private Map<String, String> results(Map<String, String> changed) {
    return examine(changed).stream()
        .collect(Collectors.toMap(Diagnosis::setting, it -> it.result().name()));
  }

  private List<Diagnosis> examine(Map<String, String> changed) {
    Map<String, String> settings = twin.settings();
    settings.putAll(changed);
    settings.values().removeIf(String::isEmpty);
    return new RetellCheckup(TestSettings.of(settings), http.get(), pulse, clock)
        .examine()
        .toCompletableFuture()
        .join();
  }
}
