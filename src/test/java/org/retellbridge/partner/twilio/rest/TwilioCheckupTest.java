package org.retellbridge.partner.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.twilio.OwnedNumber;
import org.retellbridge.twin.twilio.TwilioTwin;

/** Each wrong setting of Twilio's, asked at the twin. */
class TwilioCheckupTest {
  private static final String ZEROS = "0000000000000000000000000000";
  private final Twin twin = Twin.start();

  @AfterEach
  void end() {
    twin.close();
  }

  @Test
  void findsNothingWrongWhereAllIsWell() {
    assertThat(
            results(
                Map.of(
                    "TWILIO_API_KEY_SID",
                    TwinNames.ACCOUNT.keySid(),
                    "TWILIO_API_KEY_SECRET",
                    TwinNames.ACCOUNT.keySecret(),
                    "FALLBACK_APPLICATION_SID",
                    TwinNames.FALLBACK_APPLICATION,
                    "FALLBACK_WORKFLOW_SID",
                    TwinNames.WORKFLOW,
                    "SMS_MESSAGING_SERVICE_SID",
                    TwinNames.MESSAGING_SERVICE,
                    "RETELL_AGENTS",
                    TwinNames.OTHER_NUMBER + "=" + TwinNames.OTHER_AGENT)))
        .containsOnlyKeys(
            "TWILIO_API_BASE_URL",
            "ACCOUNT_SID",
            "AUTH_TOKEN",
            "TWILIO_API_KEY_SID",
            "TWILIO_APPLICATION_SID",
            "FALLBACK_APPLICATION_SID",
            "WORKSPACE_SID",
            "WORKFLOW_SID",
            "FALLBACK_WORKFLOW_SID",
            "SMS_FROM_NUMBER",
            "SMS_MESSAGING_SERVICE_SID",
            "RETELL_AGENTS")
        .containsValue("OK")
        .doesNotContainValue("WRONG")
        .doesNotContainValue("UNKNOWN");
    assertThat(twin.twilio().requests().all()).allMatch(it -> it.method().equals("GET"));
  }

  @ParameterizedTest
  @CsvSource({
    "TWILIO_APPLICATION_SID, AP" + ZEROS + "0009",
    "FALLBACK_APPLICATION_SID, AP" + ZEROS + "0009",
    "WORKFLOW_SID, WW" + ZEROS + "0009",
    "FALLBACK_WORKFLOW_SID, WW" + ZEROS + "0009",
    "SMS_FROM_NUMBER, +61255500009",
    "SMS_MESSAGING_SERVICE_SID, MG" + ZEROS + "0009",
    "RETELL_AGENTS, +61255500009=agent_a",
    "TWILIO_REGION, ie1>TWILIO_EDGE",
    "TWILIO_EDGE, dublin>TWILIO_REGION"
  })
  void namesTheWrongSetting(String setting, String valueAndCulprit) {
    String[] parts = valueAndCulprit.split(">");

    List<Diagnosis> wrong = wrong(Map.of(setting, parts[0]));

    assertThat(wrong).extracting(Diagnosis::setting).containsExactly(culprit(setting, parts));
    assertThat(wrong.get(0).advice()).isNotBlank();
    assertThat(wrong.toString()).doesNotContain("9999twin").doesNotContain("255500009");
  }

  /** Twilio does not say which of the two is wrong. */
  @ParameterizedTest
  @CsvSource({"ACCOUNT_SID, AC" + ZEROS + "0009", "AUTH_TOKEN, 9999twin9999token9999twin9999tok"})
  void namesThePairThatDoesNotFit(String setting, String value) {
    List<Diagnosis> wrong = wrong(Map.of(setting, value));

    assertThat(wrong).extracting(Diagnosis::setting).containsExactly("ACCOUNT_SID", "AUTH_TOKEN");
    assertThat(wrong.toString()).doesNotContain("9999twin");
  }

  @Test
  void examinesEachTokenOfARotation() {
    String good = TwinNames.ACCOUNT.authToken();

    assertThat(wrong(Map.of("AUTH_TOKEN", good + "," + good))).isEmpty();
    assertThat(wrong(Map.of("AUTH_TOKEN", good + "," + good + ",9999twin9999token9999twin9999tok")))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.setting()).isEqualTo("AUTH_TOKEN");
              assertThat(it.sentence())
                  .contains("token 3 of AUTH_TOKEN")
                  .doesNotContain("9999twin");
              assertThat(it.advice()).isNotBlank();
            });
  }

  @Test
  void namesTheWorkspaceAndWhatCannotBeFoundInIt() {
    assertThat(wrong(Map.of("WORKSPACE_SID", "WS" + ZEROS + "0009")))
        .extracting(Diagnosis::setting)
        .containsExactly("WORKSPACE_SID", "WORKFLOW_SID");
  }

  @Test
  void namesAWrongKey() {
    assertThat(
            wrong(
                Map.of(
                    "TWILIO_API_KEY_SID",
                    TwinNames.ACCOUNT.keySid(),
                    "TWILIO_API_KEY_SECRET",
                    "wrong-secret")))
        .extracting(Diagnosis::setting)
        .containsExactly("TWILIO_API_KEY_SID");
  }

  @Test
  void findsANumberThatCannotSendSms() {
    twin.twilio()
        .own(new OwnedNumber("PN" + ZEROS + "0008", "+61255500008", "", "POST", "", "", false));

    assertThat(wrong(Map.of("SMS_FROM_NUMBER", "+61255500008")))
        .singleElement()
        .satisfies(it -> assertThat(it.sentence()).contains("cannot send SMS", "…08"));
  }

  /** Twilio would list neither, and must not be said to miss it. */
  @ParameterizedTest
  @ValueSource(strings = {"12345", "Pizza 4-U", "+Pizza"})
  void looksForNoShortCodeAndNoSenderId(String sender) {
    assertThat(results(Map.of("SMS_FROM_NUMBER", sender)))
        .containsEntry("SMS_FROM_NUMBER", "NOT_EXAMINED")
        .doesNotContainValue("WRONG");
    assertThat(twin.twilio().requests().all())
        .noneMatch(it -> it.rawPath().endsWith("/IncomingPhoneNumbers.json"));
  }

  @Test
  void findsAFallbackNumberThatLeadsBackHere() {
    twin.twilio().own(number("+61255500007", "https://bridge.example.com/voice/start?agent_id=a"));
    twin.twilio().own(number("+61255500006", "https://bridge.example.com/restart"));

    assertThat(wrong(Map.of("FALLBACK_NUMBER", "+61255500007")))
        .singleElement()
        .satisfies(it -> assertThat(it.sentence()).contains("come back", "…07"));
    assertThat(results(Map.of("FALLBACK_NUMBER", "+61255500006")))
        .containsEntry("FALLBACK_NUMBER", "OK");
    assertThat(results(Map.of("FALLBACK_NUMBER", "+61255500005")))
        .containsEntry("FALLBACK_NUMBER", "NOT_EXAMINED");
  }

  private static OwnedNumber number(String number, String voiceUrl) {
    return new OwnedNumber(
        "PN" + ZEROS + number.substring(number.length() - 4),
        number,
        voiceUrl,
        "POST",
        "",
        "",
        true);
  }

  @Test
  void judgesNothingWhileTwilioIsDown() {
    twin.twilio().faults().always(TwilioTwin.refusal(503, 20503, "down"));

    assertThat(results(Map.of()))
        .containsOnlyKeys(
            "TWILIO_API_BASE_URL",
            "ACCOUNT_SID",
            "AUTH_TOKEN",
            "TWILIO_APPLICATION_SID",
            "WORKSPACE_SID",
            "WORKFLOW_SID",
            "SMS_FROM_NUMBER")
        .doesNotContainValue("OK")
        .doesNotContainValue("WRONG");
    assertThat(examine(Map.of()))
        .filteredOn(it -> !it.setting().equals("TWILIO_API_BASE_URL"))
        .extracting(Diagnosis::sentence)
        .containsOnly("It was not examined, because Twilio gave no usable answer.");
  }

  @Test
  void saysWhyTheRestIsNotExamined() {
    assertThat(sentence(Map.of("AUTH_TOKEN", "9999twin9999token9999twin9999tok")))
        .isEqualTo("It was not examined, because Twilio does not take ACCOUNT_SID.");
    assertThat(
            sentence(
                Map.of(
                    "TWILIO_API_KEY_SID",
                    TwinNames.ACCOUNT.keySid(),
                    "TWILIO_API_KEY_SECRET",
                    "wrong-secret")))
        .isEqualTo("It was not examined, because Twilio does not take TWILIO_API_KEY_SID.");
    assertThat(sentence(Map.of("ACCOUNT_SID", "")))
        .isEqualTo("It was not examined, because ACCOUNT_SID is not set.");
  }

  /** What is said of a setting that comes late in the examination. */
  private String sentence(Map<String, String> changed) {
    return examine(changed).stream()
        .filter(it -> it.setting().equals("WORKFLOW_SID"))
        .map(Diagnosis::sentence)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysWhatIsOffWithoutAnAccount() {
    assertThat(results(Map.of("ACCOUNT_SID", ""))).containsEntry("ACCOUNT_SID", "UNKNOWN");
  }

  private static String culprit(String setting, String[] parts) {
    return parts.length == 2 ? parts[1] : setting;
  }

  private List<Diagnosis> wrong(Map<String, String> changed) {
    return examine(changed).stream().filter(it -> it.result() == Diagnosis.Result.WRONG).toList();
  }

  private Map<String, String> results(Map<String, String> changed) {
    return examine(changed).stream()
        .collect(Collectors.toMap(Diagnosis::setting, it -> it.result().name()));
  }

  private List<Diagnosis> examine(Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>(twin.settings());
    settings.putAll(changed);
    settings.values().removeIf(String::isEmpty);
    try (TestTwilio twilio = TestTwilio.of(settings)) {
      return twilio.checkup().examine().toCompletableFuture().join();
    }
  }
}
