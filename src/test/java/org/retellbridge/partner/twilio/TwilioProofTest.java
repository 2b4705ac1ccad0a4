package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.foundation.settings.TestSettings.TOKEN;

import com.twilio.security.RequestValidator;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.webhooks.FakeRequest;
import org.retellbridge.foundation.webhooks.LineLimit;
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.foundation.webhooks.TestUrls;
import org.retellbridge.foundation.webhooks.Verdict;
import org.retellbridge.partner.twilio.Signer.Field;

class TwilioProofTest {
  private static final String BASE = "https://bridge.example.com";
  private static final String ACCOUNT = "AC" + "1".repeat(32);
  private static final String HEADER = "X-Twilio-Signature";
  private static final List<Field> FIELDS =
      List.of(new Field("CallSid", "CA1"), new Field("From", "+15551234567"));

  @Test
  void acceptsEveryTokenOfARotation() {
    Settings settings =
        TestSettings.of("AUTH_TOKEN", "first , second,third", "PUBLIC_BASE_URL", BASE);
    assertThat(List.of("first", "second", "third"))
        .allSatisfy(
            token -> assertThat(verify(settings, signedBy(token))).isEqualTo(Verdict.GENUINE));
    assertThat(List.of("fourth", "first , second,third", " second"))
        .allSatisfy(
            token -> assertThat(verify(settings, signedBy(token))).isEqualTo(Verdict.MISMATCH));
  }

  @Test
  void acceptsAPrefixThatTheProxyStrips() {
    assertThat(verdict("https://bridge.example.com/retell/", start(), BASE + "/retell/start"))
        .isEqualTo(Verdict.GENUINE);
    assertThat(verdict("https://bridge.example.com/retell", start(), BASE + "/start"))
        .isEqualTo(Verdict.MISMATCH);
  }

  /** A subaccount signs with a token of its own, and Twilio's API is asked for one account. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET"})
  void tellsOfACallOfAnotherAccount(String method) {
    CallSid mine = new CallSid("CA" + "1".repeat(32));
    CallSid other = new CallSid("CA" + "2".repeat(32));
    try (Logged log = Logged.by(ForeignCalls.class)) {
      assertThat(told(method, "wrong", other, "AC" + "2".repeat(32)).toLookAt()).isEmpty();
      assertThat(told(method, TOKEN, mine, ACCOUNT).toLookAt()).isEmpty();
      assertThat(log.lines()).isEmpty();

      ForeignCalls foreign = told(method, TOKEN, other, "AC" + "2".repeat(32));

      assertThat(foreign.has(other)).isTrue();
      assertThat(foreign.has(mine)).isFalse();
      assertThat(foreign.toLookAt())
          .singleElement()
          .asString()
          .startsWith("ACCOUNT_SID: calls of another Twilio account (…22) come in.");
      assertThat(log.lines()).containsExactly("WARNING " + foreign.toLookAt().get(0));
    }
  }

  @Test
  void warnsOnceAMinuteOfCallsOfAnotherAccount() {
    AtomicLong now = new AtomicLong();
    ForeignCalls foreign =
        new ForeignCalls(
            TestSettings.of("ACCOUNT_SID", ACCOUNT),
            new LineLimit(now::get, Duration.ofMinutes(1)));
    try (Logged log = Logged.by(ForeignCalls.class)) {
      for (int seconds = 0; seconds <= 60; seconds += 30) {
        now.set(Duration.ofSeconds(seconds).toNanos());
        foreign.look(Fields.parse("AccountSid=AC" + "2".repeat(32)));
      }
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(1)).endsWith("; 1 more since the last such line");
    }
  }

  private static ForeignCalls told(String method, String token, CallSid call, String account) {
    Settings settings = TestSettings.of("PUBLIC_BASE_URL", BASE, "ACCOUNT_SID", ACCOUNT);
    ForeignCalls foreign = new ForeignCalls(settings);
    List<Field> fields =
        List.of(new Field("CallSid", call.value()), new Field("AccountSid", account));
    String encoded = "CallSid=" + call.value() + "&AccountSid=" + account;
    boolean post = method.equals("POST");
    FakeRequest request = FakeRequest.of(method, "/start");
    String signature =
        post
            ? Signer.sign(token, BASE + "/start", fields)
            : Signer.sign(token, BASE + "/start?" + encoded, List.of());
    if (post) {
      request.form(encoded);
    } else {
      request.query(encoded);
    }
    new TwilioProof(TestUrls.of(settings), settings, foreign)
        .verify(request.header(HEADER, signature).signed());
    return foreign;
  }

  @Test
  void acceptsAContextRoot() {
    FakeRequest request = FakeRequest.post("/retell/start").below("/retell");
    assertThat(verdict(BASE, request, BASE + "/retell/start")).isEqualTo(Verdict.GENUINE);
  }

  /** Else a transfer that nobody takes would come back to an address that leads nowhere. */
  @Test
  void letsTheAddressThatTwilioCallsBeTheOneThatIsGivenOut() {
    PublicUrls urls = TestUrls.of(TestSettings.of("PUBLIC_BASE_URL", BASE));
    Settings settings = TestSettings.of("AUTH_TOKEN", "none," + TOKEN);
    TwilioProof proof = new TwilioProof(urls, settings, new ForeignCalls(settings));
    FakeRequest start = FakeRequest.post("/retell/start").below("/retell");
    String called = BASE + "/retell/start";
    start.header(HEADER, Signer.sign(TOKEN, called, List.of()));

    assertThat(proof.verify(start.signed())).isEqualTo(Verdict.GENUINE);
    assertThat(urls.base(start.signed())).isEqualTo(BASE + "/retell");
  }

  @Test
  void acceptsAContextRootThatTheBaseNames() {
    FakeRequest request = FakeRequest.post("/retell/start").below("/retell");
    assertThat(verdict(BASE + "/retell", request, BASE + "/retell/start"))
        .isEqualTo(Verdict.GENUINE);
  }

  @Test
  void acceptsAContextRootThatTheProxyHides() {
    FakeRequest request = FakeRequest.post("/retell/start").below("/retell");
    assertThat(verdict(BASE, request, BASE + "/start")).isEqualTo(Verdict.GENUINE);
  }

  @Test
  void neverTakesTheUrlThatTheServerSeesWhenThePublicOneIsKnown() {
    assertThat(verdict(BASE, start(), "http://10.0.0.7:8080/start")).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void lowersTheHostOfThePublicUrl() {
    assertThat(verdict("https://Bridge.EXAMPLE.com", start(), BASE + "/start"))
        .isEqualTo(Verdict.GENUINE);
  }

  @Test
  void believesForwardedHeadersWhenTold() {
    FakeRequest request =
        start()
            .header("X-Forwarded-Proto", "https")
            .header("X-Forwarded-Host", "Bridge.example.com");
    assertThat(verdict(trusting(true), request, BASE + "/start")).isEqualTo(Verdict.GENUINE);
  }

  @Test
  void believesNoForwardedHeaderUntold() {
    FakeRequest request =
        start()
            .header("X-Forwarded-Proto", "https")
            .header("X-Forwarded-Host", "bridge.example.com");
    assertThat(verdict(trusting(false), request, BASE + "/start")).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void believesNoForwardedHeaderBesideAPublicUrl() {
    Settings settings = TestSettings.of("PUBLIC_BASE_URL", BASE, "TRUST_FORWARDED_HEADERS", "true");
    FakeRequest request =
        start().header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "other.example");
    assertThat(verdict(settings, request, "https://other.example/start"))
        .isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void refusesARequestWithoutSignature() {
    assertThat(verify(TestSettings.of(), start())).isEqualTo(Verdict.MISSING);
  }

  @Test
  void refusesTwoSignaturesEvenIfBothAreRight() {
    String right = Signer.sign(TOKEN, BASE + "/start");
    FakeRequest request = start().header(HEADER, right).header(HEADER, right);
    assertThat(verify(TestSettings.of("PUBLIC_BASE_URL", BASE), request))
        .isEqualTo(Verdict.MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "L/OH5YylLD5NRKLltdqwSvS0BnU", "L/OH5YylLD5NRKLltdqwSvS0BnU=="})
  void refusesWhatHasNotTheFormOfASignature(String signature) {
    assertThat(verify(TestSettings.of(), start().header(HEADER, signature)))
        .isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void acceptsJsonWithItsHash() {
    assertThat(json(sha256("{\"a\":\"é\"}"), "{\"a\":\"é\"}")).isEqualTo(Verdict.GENUINE);
  }

  @Test
  void refusesJsonWithAnotherHash() {
    assertThat(json(sha256("{\"a\":\"é\"}"), "{\"a\":\"e\"}")).isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x=1", "bodySHA256=", "bodySHA256", "bodySHA256=%zz"})
  void refusesJsonWithoutItsHash(String query) {
    FakeRequest request =
        FakeRequest.post("/create_task")
            .query(query.isEmpty() ? null : query)
            .body("application/json", "{}".getBytes(UTF_8));
    String url = BASE + "/create_task" + (query.isEmpty() ? "" : "?" + query);
    assertThat(verdict(BASE, request, url)).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void refusesABodyOfNoKnownKindWithoutItsHash() {
    FakeRequest request = start().body(null, "CallSid=CA1".getBytes(UTF_8));
    assertThat(verdict(BASE, request, BASE + "/start")).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void acceptsAPostWithoutABody() {
    assertThat(verdict(BASE, start(), BASE + "/start")).isEqualTo(Verdict.GENUINE);
  }

  @Test
  void readsFormsAsUtf8WhateverTheirCharsetClaims() {
    List<Field> fields = List.of(new Field("CallerName", "Zoë"));
    FakeRequest request =
        start()
            .body(
                "Application/X-WWW-Form-URLEncoded;charset=ISO-8859-1",
                Signer.encoded(fields).getBytes(UTF_8));
    assertThat(verdict(BASE, request, BASE + "/start", fields)).isEqualTo(Verdict.GENUINE);
  }

  @Test
  void refusesBytesOfAnotherCharset() {
    List<Field> fields = List.of(new Field("CallerName", "Zoë"));
    FakeRequest request =
        start()
            .body(
                "application/x-www-form-urlencoded; charset=ISO-8859-1",
                "CallerName=Zoë".getBytes(ISO_8859_1));
    assertThat(verdict(BASE, request, BASE + "/start", fields)).isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=a", "a=1&b=%-1"})
  void refusesBrokenPercentEscapes(String form) {
    assertThat(verdict(BASE, start().form(form), BASE + "/start")).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void keepsTheQueryAsItCame() {
    FakeRequest request = FakeRequest.of("GET", "/start").query("b=%2b&a=x+y%20%zz&&c");
    assertThat(verdict(BASE, request, BASE + "/start?b=%2b&a=x+y%20%zz&&c"))
        .isEqualTo(Verdict.GENUINE);
  }

  @Test
  void keepsThePathAsItCame() {
    assertThat(verdict(BASE, FakeRequest.post("/st%61rt"), BASE + "/st%61rt"))
        .isEqualTo(Verdict.GENUINE);
    assertThat(verdict(BASE, FakeRequest.post("/st%61rt"), BASE + "/start"))
        .isEqualTo(Verdict.MISMATCH);
  }

  @Property(tries = 300)
  void acceptsAnyFormThatIsSignedRight(@ForAll("forms") List<Field> fields) {
    String url = BASE + "/start";
    String signature = Signer.sign(TOKEN, url, fields);
    assertThat(new RequestValidator(TOKEN).validate(url, Signer.folded(fields), signature))
        .as("the SDK's opinion")
        .isTrue();
    FakeRequest request = start().form(Signer.encoded(fields));
    assertThat(verdict(BASE, request, url, fields)).isEqualTo(Verdict.GENUINE);
  }

  @Property(tries = 300)
  void refusesAFormWithOneCharacterChanged(
      @ForAll("forms") List<Field> fields,
      @ForAll @IntRange(max = 1_000) int where,
      @ForAll("characters") String other) {
    List<Field> changed = withOneCharacterChanged(fields, where, other);
    // Names and values are signed without separators, so two forms may mean the same text.
    Assume.that(!Signer.text(changed).equals(Signer.text(fields)));
    FakeRequest request = start().form(Signer.encoded(changed));
    assertThat(verdict(BASE, request, BASE + "/start", fields)).isEqualTo(Verdict.MISMATCH);
  }

  @Provide
  Arbitrary<List<Field>> forms() {
    Arbitrary<String> names =
        Arbitraries.oneOf(Arbitraries.of("Media", "CallSid", "a", "A"), texts().ofMinLength(1));
    return Combinators.combine(names, texts()).as(Field::new).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> characters() {
    return texts().ofLength(1).filter(text -> text.codePointCount(0, text.length()) == 1);
  }

  /** Any Unicode but surrogates on their own, which no encoding can carry. */
  private static net.jqwik.api.arbitraries.StringArbitrary texts() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\uD7FF')
        .withCharRange('\uE000', '\uFFFF')
        .ascii()
        .ofMaxLength(20);
  }

  private static List<Field> withOneCharacterChanged(List<Field> fields, int where, String other) {
    List<Field> changed = new ArrayList<>(fields);
    List<Integer> full = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).value().isEmpty()) {
        full.add(i);
      }
    }
    Assume.that(!full.isEmpty());
    int index = full.get(where % full.size());
    StringBuilder value = new StringBuilder(fields.get(index).value());
    int at = where % value.length();
    value.replace(at, at + 1, other);
    changed.set(index, new Field(fields.get(index).name(), value.toString()));
    return changed;
  }

  private static FakeRequest start() {
    return FakeRequest.post("/start");
  }

  private static FakeRequest signedBy(String token) {
    return start()
        .form(Signer.encoded(FIELDS))
        .header(HEADER, Signer.sign(token, BASE + "/start", FIELDS));
  }

  private static Settings trusting(boolean trust) {
    return TestSettings.of("TRUST_FORWARDED_HEADERS", Boolean.toString(trust));
  }

  /** Some servers tell no difference between that and no query. */
  @Test
  void acceptsABareQuestionMark() {
    assertThat(verdict(BASE, start().query(""), BASE + "/start?")).isEqualTo(Verdict.GENUINE);
    assertThat(verdict(BASE, start(), BASE + "/start?")).isEqualTo(Verdict.GENUINE);
    assertThat(verdict(BASE, start(), BASE + "/start??")).isEqualTo(Verdict.MISMATCH);
    assertThat(verdict(BASE, start().query("a=1"), BASE + "/start?")).isEqualTo(Verdict.MISMATCH);
    assertThat(verdict(BASE, start(), BASE + "/start?a=1")).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void acceptsJsonWhoseUrlHasAStrayPercentSign() {
    String body = "{\"summary\":\"x\"}";
    String stray = "&discount=20%";
    assertThat(json(sha256(body) + stray, body)).isEqualTo(Verdict.GENUINE);
    assertThat(json(sha256("{}") + stray, body)).isEqualTo(Verdict.MISMATCH);
    assertThat(json("%" + sha256(body), body)).isEqualTo(Verdict.MISMATCH);
  }

  private static Verdict json(String hash, String body) {
    String query = "bodySHA256=" + hash;
    FakeRequest request =
        FakeRequest.post("/create_task")
            .query(query)
            .body("application/json", body.getBytes(UTF_8));
    return verdict(BASE, request, BASE + "/create_task?" + query);
  }

  private static Verdict verdict(String base, FakeRequest request, String signedUrl) {
    return verdict(base, request, signedUrl, List.of());
  }

  private static Verdict verdict(
      String base, FakeRequest request, String signedUrl, List<Field> fields) {
    return verify(
        TestSettings.of("PUBLIC_BASE_URL", base),
        request.header(HEADER, Signer.sign(TOKEN, signedUrl, fields)));
  }

  private static Verdict verdict(Settings settings, FakeRequest request, String signedUrl) {
    return verify(settings, request.header(HEADER, Signer.sign(TOKEN, signedUrl)));
  }

  private static Verdict verify(Settings settings, FakeRequest request) {
    return new TwilioProof(TestUrls.of(settings), settings, new ForeignCalls(settings))
        .verify(request.signed());
  }

  private static String sha256(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
