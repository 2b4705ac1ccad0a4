package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.webhooks.FakeRequest;
import org.retellbridge.foundation.webhooks.TestUrls;
import org.retellbridge.foundation.webhooks.Verdict;
import org.retellbridge.partner.twilio.Signer.Field;

/** Twilio's own examples and recorded cases, as requests that come in. */
class TwilioVectorsTest {
  private static final JsonObject FILE = read();
  private static final Pattern URL =
      Pattern.compile("(https?)://([^/@]+@)?([^/:@]+)(?::([0-9]+))?(/[^?]*)(?:\\?(.*))?");

  static Stream<Named<JsonObject>> vectors() {
    return cases("vectors");
  }

  static Stream<Named<JsonObject>> urlMatchCases() {
    return cases("url_match_cases");
  }

  /** A body of a GET is not read, and not signed. */
  static Stream<Named<JsonObject>> postedVectors() {
    return vectors().filter(it -> it.getPayload().getString("method").equals("POST"));
  }

  /** No client sends user and password in the request line. */
  static Stream<Named<JsonObject>> urlMatchCasesOfRequests() {
    return urlMatchCases().filter(it -> !it.getPayload().getString("presented_url").contains("@"));
  }

  @Test
  void knowsAllVectorsAndCases() {
    assertThat(vectors()).hasSize(11);
    assertThat(urlMatchCases()).hasSize(13);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void acceptsTheVectorAtItsPublicUrl(JsonObject vector) {
    assertThat(verdict(vector, vector.getString("url"), signature(vector)))
        .isEqualTo(Verdict.GENUINE);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void acceptsTheVectorWhereTheServerSeesItsUrl(JsonObject vector) {
    assertThat(seenVerdict(vector, vector.getString("url"), signature(vector)))
        .isEqualTo(Verdict.GENUINE);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesTheVectorWithAnotherSignature(JsonObject vector) {
    String right = signature(vector);
    String wrong = (right.charAt(0) == 'A' ? 'B' : 'A') + right.substring(1);
    assertThat(verdict(vector, vector.getString("url"), wrong)).isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesTheVectorWithAnotherToken(JsonObject vector) {
    JsonObject other =
        Json.createObjectBuilder(vector)
            .add("auth_token", vector.getString("auth_token") + "0")
            .build();
    assertThat(verdict(other, vector.getString("url"), signature(vector)))
        .isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesTheVectorAtAnotherPath(JsonObject vector) {
    String elsewhere = vector.getString("url").replaceFirst("\\?|$", "x$0");
    assertThat(verdict(vector, elsewhere, signature(vector))).isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("postedVectors")
  void refusesTheVectorWithOneMoreByte(JsonObject vector) {
    JsonObject longer =
        vector.containsKey("body")
            ? Json.createObjectBuilder(vector).add("body", vector.getString("body") + " ").build()
            : Json.createObjectBuilder(vector)
                .add("form_body", vector.getString("form_body") + "0")
                .build();
    assertThat(verdict(longer, vector.getString("url"), signature(vector)))
        .isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithTheTestsSignerAndTheSdk(JsonObject vector) {
    String token = vector.getString("auth_token");
    String url = vector.getString("url");
    assertThat(Signer.sign(token, url, fields(vector))).isEqualTo(signature(vector));
    assertThat(
            new RequestValidator(token)
                .validate(url, Signer.folded(fields(vector)), signature(vector)))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("urlMatchCases")
  void matchesThePublicUrlAsItShould(JsonObject it) {
    Verdict verdict = verdict(it, it.getString("presented_url"), it.getString("signature"));
    assertThat(verdict == Verdict.GENUINE).isEqualTo(it.getBoolean("bridge"));
  }

  @ParameterizedTest
  @MethodSource("urlMatchCasesOfRequests")
  void matchesTheUrlThatTheServerSeesAsItShould(JsonObject it) {
    Verdict verdict = seenVerdict(it, it.getString("presented_url"), it.getString("signature"));
    assertThat(verdict == Verdict.GENUINE).isEqualTo(it.getBoolean("bridge"));
  }

  @ParameterizedTest
  @MethodSource("urlMatchCases")
  void knowsWhatTheSdkMakesOfTheCase(JsonObject it) {
    boolean sdk =
        new RequestValidator(it.getString("auth_token"))
            .validate(
                it.getString("presented_url"),
                Signer.folded(fields(it)),
                it.getString("signature"));
    assertThat(sdk).isEqualTo(it.getBoolean("request_validator_java_13_0_1"));
  }

  /** The server stands behind a proxy and knows its public address by its settings. */
  private static Verdict verdict(JsonObject it, String url, String signature) {
    Matcher parts = parts(url);
    Settings settings =
        TestSettings.of(
            "AUTH_TOKEN",
            it.getString("auth_token"),
            "PUBLIC_BASE_URL",
            url.substring(0, parts.start(5)));
    if (settings.fatal()) {
      return Verdict.MISMATCH; // the deployment stops, so nothing is ever accepted
    }
    return verdict(settings, request(it, parts), signature);
  }

  /** The server is asked directly. */
  private static Verdict seenVerdict(JsonObject it, String url, String signature) {
    Matcher parts = parts(url);
    int usual = parts.group(1).equals("https") ? 443 : 80;
    int port = parts.group(4) == null ? usual : Integer.parseInt(parts.group(4));
    return verdict(
        TestSettings.of("AUTH_TOKEN", it.getString("auth_token")),
        request(it, parts).seenAs(parts.group(1), parts.group(3), port),
        signature);
  }

  private static Verdict verdict(Settings settings, FakeRequest request, String signature) {
    TwilioProof proof =
        new TwilioProof(TestUrls.of(settings), settings, new ForeignCalls(settings));
    return proof.verify(request.header("X-Twilio-Signature", signature).signed());
  }

  private static FakeRequest request(JsonObject it, Matcher parts) {
    FakeRequest request =
        FakeRequest.of(it.getString("method"), parts.group(5)).query(parts.group(6));
    if (it.get("content_type") == JsonValue.NULL) {
      return request;
    }
    String body =
        it.containsKey("body")
            ? it.getString("body")
            : it.getString("form_body", Signer.encoded(fields(it)));
    return request.body(it.getString("content_type"), body.getBytes(UTF_8));
  }

  private static Matcher parts(String url) {
    Matcher parts = URL.matcher(url);
    assertThat(parts.matches()).as(url).isTrue();
    return parts;
  }

  private static List<Field> fields(JsonObject it) {
    List<Field> fields = new ArrayList<>();
    it.getJsonObject("params")
        .forEach(
            (name, value) -> {
              JsonArray values =
                  value instanceof JsonArray several
                      ? several
                      : Json.createArrayBuilder().add(value).build();
              values
                  .getValuesAs(JsonString.class)
                  .forEach(text -> fields.add(new Field(name, text.getString())));
            });
    return fields;
  }

  private static String signature(JsonObject vector) {
    return vector.getString("expected_signature");
  }

  private static Stream<Named<JsonObject>> cases(String name) {
    return FILE.getJsonArray(name).getValuesAs(JsonObject.class).stream()
        .map(it -> Named.of(it.getString("id"), it));
  }

  private static JsonObject read() {
    InputStream in =
        TwilioVectorsTest.class.getResourceAsStream("/vectors/twilio-signature-vectors.json");
    try (JsonReader reader = Json.createReader(in)) {
      return reader.readObject();
    }
  }
}
