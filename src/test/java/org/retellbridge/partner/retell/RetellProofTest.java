package org.retellbridge.partner.retell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.webhooks.FakeRequest;
import org.retellbridge.foundation.webhooks.Verdict;

/** The vendor's own vectors, and what its libraries refuse. */
class RetellProofTest {
  private static final List<Vector> VECTORS = vectors();
  private static final Vector V1 = VECTORS.get(1);
  private static final Vector V2 = VECTORS.get(2);

  @TestFactory
  Stream<DynamicTest> acceptsTheVendorsVectors() {
    return VECTORS.stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.id(), () -> assertThat(verdict(vector, 0)).isEqualTo(Verdict.GENUINE)));
  }

  @TestFactory
  Stream<DynamicTest> refusesAVectorWithAnythingChanged() {
    return VECTORS.stream()
        .map(vector -> DynamicTest.dynamicTest(vector.id(), () -> refusesAnythingElseThan(vector)));
  }

  private static void refusesAnythingElseThan(Vector vector) {
    assertThat(verdict(vector.withBody(extended(vector.body(), '\n')), 0))
        .isEqualTo(Verdict.MISMATCH);
    assertThat(verdict(vector.withBody(extended(vector.body(), ' ')), 0))
        .isEqualTo(Verdict.MISMATCH);
    assertThat(verdict(vector.withKey(vector.key() + "0"), 0)).isEqualTo(Verdict.MISMATCH);
    assertThat(
            verdict(
                vector.withHeader(
                    vector.header().replace("v=" + vector.millis(), "v=" + (vector.millis() + 1))),
                0))
        .isEqualTo(Verdict.MISMATCH);
    char last = vector.header().charAt(vector.header().length() - 1);
    assertThat(
            verdict(
                vector.withHeader(
                    vector.header().substring(0, vector.header().length() - 1)
                        + (last == '0' ? '1' : '0')),
                0))
        .isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(longs = {300_000, -300_000, 0, 1})
  void acceptsASignatureForFiveMinutesBothWays(long later) {
    assertThat(verdict(V1, later)).isEqualTo(Verdict.GENUINE);
    assertThat(plausible(V1.header(), later)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {300_001, -300_001, 86_400_000})
  void refusesASignatureThatIsOlderOrFromTheFuture(long later) {
    assertThat(verdict(V1, later)).isEqualTo(Verdict.STALE);
    assertThat(plausible(V1.header(), later)).isFalse();
  }

  /** Who reads only that it is refused changes the keys. */
  @Test
  void saysByHowMuchTheClocksDiffer() {
    assertThat(differenceOfTime(V1, 412_900))
        .hasValue(
            "it was made 412 s before this node's time, and 300 s are allowed: look at this"
                + " machine's clock");
    assertThat(differenceOfTime(V1, -400_000).orElseThrow()).contains("400 s after this node's");
    assertThat(differenceOfTime(V1.withHeader("none"), 0)).isEmpty();
  }

  private static Optional<String> differenceOfTime(Vector vector, long later) {
    return proof(List.of(), vector.millis() + later)
        .differenceOfTime(signed("/lookup", vector).signed());
  }

  @Test
  void readsTheDigestInEitherCase() {
    String digest = V1.header().substring(V1.header().length() - 64);
    assertThat(
            verdict(V1.withHeader(V1.header().replace(digest, digest.toUpperCase(Locale.ROOT))), 0))
        .isEqualTo(Verdict.GENUINE);
  }

  @Test
  void readsALeadingZeroOfTheTime() {
    assertThat(verdict(V1.withHeader(V1.header().replace("v=", "v=0")), 0))
        .isEqualTo(Verdict.GENUINE);
  }

  @Test
  void refusesWhatDoesNotHaveTheForm() {
    String header = V1.header();
    for (String other :
        List.of(
            header.replace("v=", "V=").replace(",d=", ",D="),
            "junk" + header,
            header.replace(",", ", "),
            header + ",x=1",
            header + " ",
            header.replace(",d=", "d="),
            header.substring(0, header.length() - 2),
            header.replace("v=", "v=-"),
            header.replace("v=", "v=99999"),
            "")) {
      assertThat(verdict(V1.withHeader(other), 0)).as(other).isEqualTo(Verdict.MALFORMED);
      assertThat(plausible(other, 0)).as(other).isFalse();
    }
  }

  @Test
  void refusesATimeInSeconds() {
    String seconds = Long.toString(V1.millis() / 1_000);
    assertThat(verdict(V1.withHeader(V1.header().replace(Long.toString(V1.millis()), seconds)), 0))
        .isEqualTo(Verdict.STALE);
  }

  @Test
  void takesNothingThatItSignedForOthers() {
    byte[] body = "{\"event\":\"call_ended\",\"call\":{}}".getBytes(UTF_8);
    Clock clock = Clock.fixed(Instant.ofEpochMilli(V1.millis()), ZoneOffset.UTC);
    Settings settings = TestSettings.of("RETELL_API_KEY", V1.key());
    ReplayGuard here = new ReplayGuard();
    RetellProof proof = new RetellProof(List.of(V1.key()), here, clock);
    String passedOn = RetellSigner.forOthers(settings, clock, here).header(body);
    for (String path : List.of("/lookup", "/retell/events")) {
      assertThat(proof.verify(request(path, body).header("X-Retell-Signature", passedOn).signed()))
          .as(path)
          .isEqualTo(Verdict.REPLAYED);
    }
  }

  @Test
  void signsBytesAndNotWhatTheyMean() {
    String text = new String(V2.body(), UTF_8);
    assertThat(verdict(V2.withBody(text.replace("\\u00e9", "é").getBytes(UTF_8)), 0))
        .isEqualTo(Verdict.MISMATCH);
    assertThat(verdict(V2.withBody(new String(V2.body(), ISO_8859_1).getBytes(UTF_8)), 0))
        .isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void refusesARequestWithoutSignatureOrWithTwo() {
    RetellProof proof = proof(List.of(V1.key()), V1.millis());
    assertThat(proof.verify(request("/lookup", V1.body()).signed())).isEqualTo(Verdict.MISSING);
    assertThat(
            proof.verify(
                request("/lookup", V1.body())
                    .header("X-Retell-Signature", V1.header())
                    .header("X-Retell-Signature", V1.header())
                    .signed()))
        .isEqualTo(Verdict.MISSING);
  }

  @Test
  void takesEveryKeyOfARotation() {
    for (List<String> keys :
        List.of(List.of(V1.key(), "another"), List.of("another", "third", V1.key()))) {
      assertThat(proof(keys, V1.millis()).verify(signed("/lookup", V1).signed()))
          .isEqualTo(Verdict.GENUINE);
    }
    assertThat(proof(List.of("another"), V1.millis()).verify(signed("/lookup", V1).signed()))
        .isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void believesNobodyWithoutAKey() {
    assertThat(proof(List.of(), V1.millis()).verify(signed("/lookup", V1).signed()))
        .isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void takesTheWebhookKeysAndTheApiKeyOnlyWithoutThem() {
    assertThat(
            RetellProof.keys(
                TestSettings.of("RETELL_API_KEY", "api", "RETELL_WEBHOOK_KEY", "old, new")))
        .containsExactly("old", "new");
    assertThat(RetellProof.keys(TestSettings.of("RETELL_API_KEY", "api"))).containsExactly("api");
  }

  @Test
  void bindsASignatureToThePlaceOfItsFirstUse() {
    RetellProof proof = proof(List.of(V1.key()), V1.millis());
    assertThat(proof.verify(signed("/redirect", V1).signed())).isEqualTo(Verdict.GENUINE);
    assertThat(proof.verify(signed("/redirect", V1).signed())).isEqualTo(Verdict.GENUINE);
    assertThat(proof.verify(signed("/send_sms", V1).signed())).isEqualTo(Verdict.REPLAYED);
    assertThat(proof.verify(signed("/redirect", V1).query("delay=1").signed()))
        .isEqualTo(Verdict.REPLAYED);
    String upper = V1.header().substring(0, V1.header().length() - 64);
    String digest = V1.header().substring(V1.header().length() - 64).toUpperCase(Locale.ROOT);
    assertThat(proof.verify(signed("/send_sms", V1.withHeader(upper + digest)).signed()))
        .isEqualTo(Verdict.REPLAYED);
  }

  @Test
  void letsNobodyTakeAPlaceWithAWrongSignature() {
    RetellProof proof = proof(List.of(V1.key()), V1.millis());
    Vector wrong = V1.withBody(extended(V1.body(), ' '));
    assertThat(proof.verify(signed("/send_sms", wrong).signed())).isEqualTo(Verdict.MISMATCH);
    assertThat(proof.verify(signed("/redirect", V1).signed())).isEqualTo(Verdict.GENUINE);
  }

  private static boolean plausible(String header, long later) {
    return proof(List.of(V1.key()), V1.millis() + later).plausible(header);
  }

  private static Verdict verdict(Vector vector, long later) {
    return proof(List.of(vector.key()), vector.millis() + later)
        .verify(signed("/lookup", vector).signed());
  }

  private static RetellProof proof(List<String> keys, long millis) {
    return new RetellProof(
        keys, new ReplayGuard(), Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
  }

  private static FakeRequest signed(String path, Vector vector) {
    return request(path, vector.body()).header("X-Retell-Signature", vector.header());
  }

  private static FakeRequest request(String path, byte[] body) {
    return FakeRequest.post(path).body("application/json", body);
  }

  private static byte[] extended(byte[] body, char more) {
    byte[] longer = Arrays.copyOf(body, body.length + 1);
    longer[body.length] = (byte) more;
    return longer;
  }

  private static List<Vector> vectors() {
    try (InputStream in =
        RetellProofTest.class.getResourceAsStream("/vectors/retell-signature-vectors.json")) {
      return JsonText.parseObject(new String(in.readAllBytes(), UTF_8))
          .orElseThrow()
          .getJsonArray("vectors")
          .getValuesAs(JsonObject.class)
          .stream()
          .map(Vector::of)
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private record Vector(String id, String key, long millis, byte[] body, String header) {
    static Vector of(JsonObject json) {
      return new Vector(
          json.getString("id"),
          json.getString("key"),
          json.getJsonNumber("ts").longValue(),
          json.containsKey("body_hex")
              ? HexFormat.of().parseHex(json.getString("body_hex"))
              : json.getString("body_utf8").getBytes(UTF_8),
          json.getString("sig"));
    }

    Vector withBody(byte[] other) {
      return new Vector(id, key, millis, other, header);
    }

    Vector withKey(String other) {
      return new Vector(id, other, millis, body, header);
    }

    Vector withHeader(String other) {
      return new Vector(id, key, millis, body, other);
    }
  }
}
