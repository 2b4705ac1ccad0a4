package org.retellbridge.foundation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retellbridge.foundation.settings.TestSettings.TOKEN;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.PhoneNumber;

class SettingsTest {
  private static final String ACCOUNT = "AC" + "0".repeat(32);
  private static final String APPLICATION = "AP" + "0".repeat(32);

  static Stream<Named<Setting<?>>> all() {
    return Catalogue.all().stream().map(it -> Named.of(it.variable(), it));
  }

  static Stream<Arguments> right() {
    return all().flatMap(it -> pairs(it, samples(it.getPayload()).right()));
  }

  static Stream<Arguments> wrong() {
    return all().flatMap(it -> pairs(it, samples(it.getPayload()).wrong()));
  }

  private static Stream<Arguments> pairs(Named<Setting<?>> setting, List<String> texts) {
    return texts.stream().map(text -> Arguments.of(setting, text));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everySettingHasSamples(Setting<?> setting) {
    assertThat(samples(setting).right()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("right")
  void takesARightValue(Setting<?> setting, String text) {
    Settings settings = TestSettings.of(setting.variable(), text);
    assertThat(settings.findings()).noneMatch(wrong -> wrong.sentence().contains("it must be"));
    assertThat(settings.find(setting).isPresent()).isTrue();
    assertThat(settings.get(setting)).isEqualTo(setting.parser().apply(text.strip()));
  }

  @ParameterizedTest
  @CsvSource({
    "RETELL_EVENTS, true, PUBLIC_BASE_URL, https://bridge.example.com",
    "TWILIO_REGION, ie1, TWILIO_EDGE, dublin",
    "TWILIO_EDGE, dublin, TWILIO_REGION, ie1",
    "TWILIO_API_KEY_SID, SK00000000000000000000000000000001, TWILIO_API_KEY_SECRET, secret",
  })
  void namesThePartnerThatASettingNeeds(String one, String its, String other, String others) {
    assertThat(TestSettings.of(one, its).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.setting().variable()).isEqualTo(one);
              assertThat(finding.sentence()).contains(other);
              assertThat(finding.fatal()).isFalse();
            });
    assertThat(TestSettings.of(one, its, other, others).findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://bridge.example.com, https://bridge.example.com/start",
    "https://bridge.example.com, http://Bridge.Example.com:80/dial_ended/?rung=1",
    "https://bridge.example.com, https://bridge.example.com/%73tart",
    "https://bridge.example.com/voice/, https://bridge.example.com/voice/start",
    "https://bridge.example.com/voice, https://bridge.example.com/voice/hold?since=1",
    "'', https://bridge.example.com/hold",
  })
  void takesNoFallbackThatLeadsBack(String own, String fallback) {
    Settings settings = TestSettings.of("PUBLIC_BASE_URL", own, "FALLBACK_URL", fallback);
    assertThat(settings.find(Catalogue.FALLBACK_URL)).isEmpty();
    assertThat(settings.findings())
        .singleElement()
        .satisfies(it -> assertThat(it.sentence()).contains("FALLBACK_URL", "lead back"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://bridge.example.com, https://ivr.example.com/start",
    "https://bridge.example.com/voice, https://bridge.example.com/ivr/start",
    "https://bridge.example.com/voice, https://bridge.example.com/start",
    "https://bridge.example.com, https://bridge.example.com/ivr",
  })
  void takesAFallbackOfSomebodyElse(String own, String fallback) {
    Settings settings = TestSettings.of("PUBLIC_BASE_URL", own, "FALLBACK_URL", fallback);
    assertThat(settings.find(Catalogue.FALLBACK_URL)).contains(URI.create(fallback));
    assertThat(settings.findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("right")
  void takesItUnderItsKeyAsWell(Setting<?> setting, String text) {
    Settings settings = TestSettings.of(setting.key(), text);
    assertThat(settings.get(setting)).isEqualTo(setting.parser().apply(text.strip()));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void namesAWrongValueWithoutTellingIt(Setting<?> setting, String text) {
    Settings settings = TestSettings.of(setting.variable(), text);
    assertThat(settings.findings()).hasSize(1);
    assertThat(settings.findings().get(0).setting()).isSameAs(setting);
    String report = StartUpReport.of(settings);
    assertThat(report).contains(setting.variable() + " (" + setting.key() + "): it ");
    assertThat(report).doesNotContain(text);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatCountsInsteadOfAWrongValue(Setting<?> setting, String text) {
    String sentence = TestSettings.of(setting.variable(), text).findings().get(0).sentence();
    if (setting == Catalogue.AUTH_TOKEN || setting == Catalogue.PUBLIC_BASE_URL) {
      assertThat(sentence).doesNotContain("counts");
      return;
    }
    assertThat(sentence)
        .containsAnyOf(
            "instead the default counts, " + setting.fallback(),
            "until then it counts as not set",
            "of the data folder counts",
            "in the data folder counts");
  }

  @Test
  void saysOfHandoffsThatAreOnWhenTheyHaveNoDestination() {
    assertThat(TestSettings.of("ACCOUNT_SID", ACCOUNT).state(Feature.HANDOFFS).limit())
        .hasValueSatisfying(it -> assertThat(it).contains("TWILIO_APPLICATION_SID"));
    assertThat(
            TestSettings.of("ACCOUNT_SID", ACCOUNT, "TWILIO_APPLICATION_SID", APPLICATION)
                .state(Feature.HANDOFFS)
                .limit())
        .isEmpty();
    assertThat(TestSettings.of().state(Feature.HANDOFFS).limit()).isEmpty();
  }

  @Test
  void saysOfAnAgentThatIsOnWhichCallsReachIt() {
    assertThat(TestSettings.of("RETELL_API_KEY", "k").state(Feature.AGENT).limit())
        .hasValueSatisfying(it -> assertThat(it).contains("RETELL_AGENT_ID", "RETELL_AGENTS"));
    assertThat(
            TestSettings.of("RETELL_API_KEY", "k", "RETELL_AGENT_ID", "two words")
                .state(Feature.AGENT)
                .limit())
        .isPresent();
    assertThat(
            TestSettings.of("RETELL_API_KEY", "k", "RETELL_AGENT_ID", "agent_a")
                .state(Feature.AGENT)
                .limit())
        .isEmpty();
    assertThat(TestSettings.of().state(Feature.AGENT).limit()).isEmpty();
    assertThat(TestSettings.of("RETELL_API_KEY", "k").toLookAt())
        .anyMatch(it -> it.startsWith("RETELL_AGENT_ID (retell.agent.id): neither it nor"));
  }

  @Test
  void saysOfAProxyThatNotAllGoesThroughIt() {
    assertThat(Advice.proxy(Map.of("https.proxyHost", "proxy.test")::get))
        .hasValueSatisfying(
            it ->
                assertThat(it).contains("https.proxyHost", "Retell").doesNotContain("proxy.test"));
    assertThat(Advice.proxy(Map.of("https.proxyHost", " ")::get)).isEmpty();
    assertThat(Advice.proxy(name -> null)).isEmpty();

    System.setProperty("https.proxyHost", "proxy.test");
    try {
      assertThat(TestSettings.of().toLookAt()).anyMatch(it -> it.startsWith("https.proxyHost "));
    } finally {
      System.clearProperty("https.proxyHost");
    }
    assertThat(TestSettings.of().toLookAt()).noneMatch(it -> it.startsWith("https.proxyHost "));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void usesTheDefaultInsteadOfAWrongValue(Setting<?> setting, String text) {
    Settings settings = TestSettings.of(setting.variable(), text);
    assertThat((Optional<?>) settings.find(setting)).isEqualTo(fallback(setting));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void stopsOnlyForWhatMakesEveryAnswerImpossible(Setting<?> setting, String text) {
    boolean stops = setting == Catalogue.AUTH_TOKEN || setting == Catalogue.PUBLIC_BASE_URL;
    assertThat(TestSettings.of(setting.variable(), text).fatal()).isEqualTo(stops);
  }

  static Stream<Named<Setting<?>>> optional() {
    return all().filter(it -> it.getPayload() != Catalogue.AUTH_TOKEN);
  }

  @ParameterizedTest
  @MethodSource("optional")
  void takesTheDefaultOfAnAbsentOrEmptyValue(Setting<?> setting) {
    for (Settings settings : List.of(TestSettings.of(), TestSettings.of(setting.variable(), " "))) {
      assertThat(settings.findings()).isEmpty();
      assertThat((Optional<?>) settings.find(setting)).isEqualTo(fallback(setting));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', it is missing",
    "'  ', it is missing",
    "',', it must be a token",
    "' , ', it must be a token",
    "new old, it must be a token",
    "'\"\"', it is missing",
    "'\"new', it must be a token",
    "'new,o\"ld', it must be a token"
  })
  void stopsWithoutAUsableAuthToken(String text, String sentence) {
    Settings settings = TestSettings.of("AUTH_TOKEN", text);
    assertThat(settings.fatal()).isTrue();
    assertThat(settings.findings()).hasSize(1);
    assertThat(StartUpReport.of(settings)).contains("AUTH_TOKEN (auth.token): " + sentence);
  }

  /** {@code docker --env-file} leaves them there, and so does whoever writes a list. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\"new,old\"", "'new,old'", "\"new\",'old'", "'new', \"old\"", "\" new , old \""})
  void takesQuotesOffSecrets(String text) {
    Settings settings = TestSettings.of("AUTH_TOKEN", text, "RETELL_WEBHOOK_KEY", text);
    assertThat(settings.get(Catalogue.AUTH_TOKEN)).containsExactly("new", "old");
    assertThat(settings.get(Catalogue.RETELL_WEBHOOK_KEY)).containsExactly("new", "old");
  }

  @Test
  void takesQuotesOffEverythingButWhatIsSpoken() {
    Settings settings =
        TestSettings.of(
            "RETELL_API_KEY", "\"key_1\"",
            "PUBLIC_BASE_URL", "'https://b.example'",
            "BRIDGE_DATA_DIR", "\"/var/lib/bridge\"",
            "FALLBACK_NUMBER", "\"+61255500000'",
            "FALLBACK_MESSAGE", "\"So sorry.\"");
    assertThat(settings.get(Catalogue.RETELL_API_KEY)).isEqualTo("key_1");
    assertThat(settings.get(Catalogue.PUBLIC_BASE_URL)).hasToString("https://b.example");
    assertThat(settings.get(Catalogue.BRIDGE_DATA_DIR)).isEqualTo("/var/lib/bridge");
    assertThat(settings.find(Catalogue.FALLBACK_NUMBER)).as("no pair").isEmpty();
    assertThat(settings.get(Catalogue.FALLBACK_MESSAGE)).isEqualTo("\"So sorry.\"");
  }

  @Test
  void stopsWithoutAnySetting() {
    assertThat(TestSettings.of(Map.of()).fatal()).isTrue();
  }

  @Test
  void tellsTheServerOnlyWhatStopsTheDeployment() {
    Settings settings =
        TestSettings.of(
            "AUTH_TOKEN", " ", "PUBLIC_BASE_URL", "b.example", "FALLBACK_NUMBER", "0255500000");
    assertThat(StartUpReport.fatal(settings))
        .contains("AUTH_TOKEN (auth.token): it is missing")
        .contains("PUBLIC_BASE_URL (public.base.url): it must be")
        .doesNotContain("FALLBACK_NUMBER", "\n");
    assertThat(StartUpReport.of(settings)).contains("FALLBACK_NUMBER");
  }

  @Test
  void callsNothingUnsetThatIsWrong() {
    Settings settings =
        TestSettings.of(
            "PUBLIC_BASE_URL", "b.example", "RETELL_AGENT_ID", "a b", "AUTH_TOKEN", "t");
    assertThat(StartUpReport.of(settings))
        .containsOnlyOnce("PUBLIC_BASE_URL (public.base.url)")
        .containsOnlyOnce("RETELL_AGENT_ID (retell.agent.id)");
  }

  @Test
  void listsEveryFindingInOneMessage() {
    Settings settings =
        TestSettings.of(
            "DIAL_TIMEOUT", "soon", "FALLBACK_NUMBER", "0255500000", "ACCOUNT_SID", "x");
    assertThat(settings.fatal()).isFalse();
    assertThat(StartUpReport.of(settings))
        .contains("DIAL_TIMEOUT (dial.timeout)")
        .contains("FALLBACK_NUMBER (fallback.number)")
        .contains("ACCOUNT_SID (account.sid)");
  }

  @Test
  void saysWhichFeatureIsOffAndWhy() {
    Settings settings = TestSettings.of("RETELL_API_KEY", "two words");
    assertThat(settings.state(Feature.AGENT).on()).isFalse();
    assertThat(settings.state(Feature.AGENT).missing()).containsExactly("RETELL_API_KEY");
    assertThat(StartUpReport.of(settings))
        .contains("OFF: calls reach the Retell agent. Missing: RETELL_API_KEY (retell.api.key)");
  }

  static Stream<Arguments> needs() {
    return Stream.of(Feature.values())
        .flatMap(feature -> feature.needs().stream().map(need -> Arguments.of(feature, need)));
  }

  /** What is needed stands here once more, so that none of it is forgotten there. */
  @ParameterizedTest
  @CsvSource({
    "AGENT, RETELL_API_KEY",
    "FUNCTIONS, RETELL_WEBHOOK_KEY or RETELL_API_KEY",
    "HANDOFFS, ACCOUNT_SID",
    "CUSTOMERS, SEGMENT_SPACE_ID SEGMENT_API_ACCESS_TOKEN",
    "TRACKING, SEGMENT_WRITE_KEY",
    "MESSAGES, ACCOUNT_SID SMS_FROM_NUMBER or SMS_MESSAGING_SERVICE_SID",
    "TASKS, ACCOUNT_SID WORKSPACE_SID WORKFLOW_SID"
  })
  void knowsWhatAFeatureNeeds(Feature feature, String needs) {
    assertThat(String.join(" ", TestSettings.of().state(feature).missing())).isEqualTo(needs);
  }

  @ParameterizedTest
  @MethodSource("needs")
  void turnsAFeatureOffThatLacksOneSetting(Feature feature, Feature.Need need) {
    Map<String, String> all = new HashMap<>(Map.of("AUTH_TOKEN", TOKEN));
    Catalogue.all()
        .forEach(
            it ->
                samples(it).right().stream()
                    .findFirst()
                    .ifPresent(right -> all.put(it.variable(), right)));
    assertThat(TestSettings.of(all).state(feature).on()).isTrue();
    assertThat(StartUpReport.of(TestSettings.of(all))).doesNotContain("OFF: " + feature.meaning());

    need.anyOf().forEach(setting -> all.put(setting.variable(), " "));
    Settings settings = TestSettings.of(all);
    assertThat(settings.state(feature).on()).isFalse();
    assertThat(settings.state(feature).missing()).containsExactly(need.variables());
    assertThat(StartUpReport.of(settings))
        .contains("OFF: " + feature.meaning() + ". Missing: " + need.variablesAndKeys());
  }

  @Test
  void saysNothingOfAFeatureThatIsOn() {
    Settings settings = TestSettings.of("RETELL_API_KEY", "key_1");
    assertThat(settings.state(Feature.AGENT).on()).isTrue();
    assertThat(StartUpReport.of(settings)).doesNotContain("calls reach the Retell agent");
  }

  @Test
  void advisesToPinTheAgentsVersion() {
    assertThat(StartUpReport.of(TestSettings.of())).contains("RETELL_AGENT_VERSION");
    assertThat(StartUpReport.of(TestSettings.of("RETELL_AGENT_VERSION", "prod")))
        .doesNotContain("RETELL_AGENT_VERSION");
    assertThat(
            StartUpReport.of(
                TestSettings.of(
                    "RETELL_AGENT_ID", "agent_a@prod", "RETELL_AGENTS", "+61255500000=agent_b@3")))
        .doesNotContain("RETELL_AGENT_VERSION");
    for (String agents : List.of("+61255500000=agent_b", "+61255500000=agent_b@latest")) {
      assertThat(
              StartUpReport.of(
                  TestSettings.of("RETELL_AGENT_ID", "agent_a@prod", "RETELL_AGENTS", agents)))
          .contains("RETELL_AGENT_VERSION");
    }
  }

  /** There RETELL_AGENT_VERSION does not count, so the advice is to change the agent's setting. */
  @Test
  void advisesToPinAnAgentThatAsksForItsLatestVersion() {
    String own = "RETELL_AGENT_ID (retell.agent.id): agent_a@latest may be served by an";
    String ofANumber = "RETELL_AGENTS (retell.agents): agent_b@latest may be served by an";
    assertThat(
            StartUpReport.of(
                TestSettings.of(
                    "RETELL_AGENT_ID", "agent_a@latest", "RETELL_AGENT_VERSION", "prod")))
        .contains(own)
        .doesNotContain("RETELL_AGENT_VERSION (");
    assertThat(
            StartUpReport.of(
                TestSettings.of(
                    "RETELL_AGENT_ID", "agent_a", "RETELL_AGENTS", "+61255500000=agent_b@latest")))
        .contains(ofANumber, "RETELL_AGENT_VERSION (")
        .doesNotContain(own);
  }

  @Test
  void advisesToNameAnAgent() {
    assertThat(StartUpReport.of(TestSettings.of())).contains("RETELL_AGENT_ID");
    assertThat(StartUpReport.of(TestSettings.of("RETELL_AGENT_ID", "agent_a")))
        .doesNotContain("RETELL_AGENT_ID");
    assertThat(StartUpReport.of(TestSettings.of("RETELL_AGENTS", "+61255500000=agent_a")))
        .doesNotContain("RETELL_AGENT_ID");
  }

  @Test
  void advisesToNameThePublicUrl() {
    assertThat(StartUpReport.of(TestSettings.of())).contains("PUBLIC_BASE_URL");
    assertThat(StartUpReport.of(TestSettings.of("PUBLIC_BASE_URL", "https://b.example")))
        .doesNotContain("PUBLIC_BASE_URL");
    assertThat(StartUpReport.of(TestSettings.of("TRUST_FORWARDED_HEADERS", "true")))
        .doesNotContain("PUBLIC_BASE_URL");
  }

  @Test
  void namesTheSettingThatIsNotThere() {
    assertThatThrownBy(() -> TestSettings.of().get(Catalogue.FALLBACK_NUMBER))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("FALLBACK_NUMBER is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "https://B.Example, https://b.example",
    "https://b.example/, https://b.example",
    "https://b.example:8443/Retell//, https://b.example:8443/Retell",
    "http://127.0.0.1:8080, http://127.0.0.1:8080"
  })
  void keepsThePublicUrlReadyForUse(String text, String kept) {
    assertThat(TestSettings.of("PUBLIC_BASE_URL", text).get(Catalogue.PUBLIC_BASE_URL))
        .isEqualTo(URI.create(kept));
  }

  @Test
  void readsListsMapsFlagsAndDurations() {
    Settings settings =
        TestSettings.of(
            "AUTH_TOKEN", " " + TOKEN + " ,, other ",
            "RETELL_AGENTS", "+61255500000=agent_a, +61255500001 = agent_b@prod ,",
            "TRUST_FORWARDED_HEADERS", "On",
            "START_BUDGET", "PT0.5S");
    assertThat(settings.get(Catalogue.AUTH_TOKEN)).containsExactly(TOKEN, "other");
    assertThat(settings.get(Catalogue.RETELL_AGENTS))
        .isEqualTo(
            Map.of(
                new PhoneNumber("+61255500000"), new AgentName("agent_a", Optional.empty()),
                new PhoneNumber("+61255500001"), new AgentName("agent_b", Optional.of("prod"))));
    assertThat(settings.get(Catalogue.TRUST_FORWARDED_HEADERS)).isTrue();
    assertThat(settings.get(Catalogue.START_BUDGET)).isEqualTo(Duration.ofMillis(500));
  }

  /** Config implementations expand what looks like an expression, and stumble over broken ones. */
  @ParameterizedTest
  @ValueSource(strings = {"${", "${nothing}", "a${FALLBACK_MESSAGE}", "$\\{a}"})
  void neverThrowsForAnExpression(String text) {
    assertThat(TestSettings.of("FALLBACK_MESSAGE", text).fatal()).isFalse();
  }

  @Test
  void listsEachSettingOnce() {
    assertThat(Catalogue.all()).extracting(Setting::variable).doesNotHaveDuplicates();
    assertThat(Catalogue.all())
        .extracting(Setting::variable)
        .allMatch(name -> name.matches("[A-Z][A-Z0-9_]*"));
  }

  @Test
  void listsEverySettingThatIsDeclared() {
    List<Object> declared =
        Stream.of(Catalogue.class.getDeclaredFields())
            .filter(field -> field.getType() == Setting.class)
            .map(SettingsTest::value)
            .toList();
    assertThat(declared).isNotEmpty();
    assertThat(Catalogue.all()).containsExactlyInAnyOrderElementsOf(cast(declared));
  }

  private static List<Setting<?>> cast(List<Object> settings) {
    return settings.stream().<Setting<?>>map(it -> (Setting<?>) it).toList();
  }

  private static Object value(java.lang.reflect.Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<?> fallback(Setting<?> setting) {
    return Optional.ofNullable(setting.fallback()).map(setting.parser());
  }

  private static Samples samples(Setting<?> setting) {
    return Samples.of(setting.variable());
  }

  @Test
  void wantsTheKeyOfADatabaseThatOthersMayHave() {
    assertThat(TestSettings.of("BRIDGE_DATASOURCE", "jdbc/bridge").findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.setting()).isEqualTo(Catalogue.BRIDGE_DATASOURCE))
        .satisfies(finding -> assertThat(finding.sentence()).contains("it needs BRIDGE_DATA_KEY"))
        .satisfies(finding -> assertThat(finding.fatal()).isFalse());
    assertThat(
            TestSettings.of("BRIDGE_DATASOURCE", "jdbc/bridge", "BRIDGE_DATA_KEY", "short")
                .findings())
        .hasSize(2);
    assertThat(
            TestSettings.of(
                    "BRIDGE_DATASOURCE",
                    "jdbc/bridge",
                    "BRIDGE_DATA_KEY",
                    "dGhlIGRhdGEga2V5IG9mIHRoZSB0ZXN0cywgMzIgYi4=")
                .findings())
        .isEmpty();
    assertThat(TestSettings.of().findings()).isEmpty();
  }
}
