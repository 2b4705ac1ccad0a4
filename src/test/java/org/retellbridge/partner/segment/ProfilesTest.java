package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.segment.ProfileAnswer.Found;
import org.retellbridge.partner.segment.ProfileAnswer.Unknown;

class ProfilesTest {
  private static final CustomerKey MIA = CustomerKey.of(Caller.parse("+61400000001").orElseThrow());
  private static final CustomerKey BOB = CustomerKey.of(Caller.parse("client:Bob").orElseThrow());
  private static final String NONE = "{\"traits\":{}}";

  private final Scripted segment = new Scripted();

  @AfterEach
  void close() {
    segment.close();
  }

  @Test
  void readsEveryPageOfTraits() {
    segment.answers(Payload.of("traits-first-page")).answers(Payload.of("traits-last-page"));

    assertThat(found(profiles()).keySet())
        .containsExactly("name", "order_count", "vip", "address", "pet");
    assertThat(segment.asked())
        .containsExactly(
            "phone:+61400000001 limit=200 include=null next=null",
            "phone:+61400000001 limit=200 include=null next=map_2");
  }

  @Test
  void stopsAfterTenPages() {
    IntStream.range(0, 20).forEach(i -> segment.answers(Payload.of("traits-first-page")));

    assertThat(found(profiles())).hasSize(3);
    assertThat(segment.asked()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"traits\":{}}",
        "{\"traits\":{},\"cursor\":null}",
        "{\"traits\":{},\"cursor\":{\"has_more\":true}}",
        "{\"traits\":{},\"cursor\":{\"has_more\":true,\"next\":\"\"}}",
        "{\"traits\":{},\"cursor\":{\"has_more\":false,\"next\":\"map_1\"}}"
      })
  void readsNoFurtherThanTheCursorSays(String page) {
    segment.answers(page);

    assertThat(found(profiles())).isEmpty();
    assertThat(segment.asked()).hasSize(1);
  }

  @Test
  void asksForClientsByClientId() {
    segment.answers(NONE);
    Scripted.await(profiles().traits(BOB));

    assertThat(segment.asked().get(0)).startsWith("client_id:client:bob ");
  }

  @Test
  void looksByUserIdForWhoIsNotFoundByNumber() {
    segment.refuses(404).answers("{\"traits\":{\"name\":\"Mia\"}}");

    assertThat(found(profiles()).getString("name")).isEqualTo("Mia");
    assertThat(segment.asked().get(1)).startsWith("user_id:+61400000001 ");
  }

  /** The original wrote clients as they spell themselves, the bridge once in lower case. */
  @Test
  void looksForClientsByUserIdInBothSpellings() {
    segment.refuses(404).refuses(404).answers("{\"traits\":{}}");
    assertThat(Scripted.await(profiles().traits(BOB))).isInstanceOf(Found.class);

    assertThat(segment.asked())
        .extracting(asked -> asked.replaceFirst(" .*", ""))
        .containsExactly("client_id:client:bob", "user_id:client:Bob", "user_id:client:bob");
  }

  @Test
  void asksOnceForAClientOfOneSpelling() {
    segment.refuses(404).refuses(404);
    CustomerKey ann = CustomerKey.of(Caller.parse("client:ann").orElseThrow());
    assertThat(Scripted.await(profiles().traits(ann))).isInstanceOf(Unknown.class);

    assertThat(segment.asked()).hasSize(2);
  }

  @Test
  void looksByTheHashWhereUserIdsAreHashed() {
    segment.refuses(404).answers(NONE);
    Profiles hashed = profiles("SEGMENT_USER_ID", "hash", "SEGMENT_WRITE_KEY", "write_key_1");
    Scripted.await(hashed.traits(MIA));

    assertThat(segment.asked().get(0)).startsWith("phone:+61400000001 ");
    assertThat(segment.asked().get(1)).matches("user_id:[0-9a-f]{64} .*");

    segment.refuses(404).refuses(404);
    assertThat(Scripted.await(hashed.traits(BOB))).isInstanceOf(Unknown.class);
    assertThat(segment.asked()).as("a hash has one spelling").hasSize(4);
  }

  @Test
  void knowsWhoIsUnknown() {
    segment.refuses(404).refuses(404);
    assertThat(Scripted.await(profiles().traits(MIA))).isInstanceOf(Unknown.class);

    segment.refuses(404).refuses(404);
    assertThat(Scripted.await(profiles().events(MIA))).isInstanceOf(Unknown.class);
    assertThat(segment.asked()).hasSize(4);
  }

  @Test
  void neverAsksForAnAddressThatLeadsElsewhere() {
    CustomerKey crafted = CustomerKey.of(Caller.parse("a/../../../x").orElseThrow());

    assertThat(Scripted.await(profiles().traits(crafted))).isInstanceOf(Unknown.class);
    assertThat(Scripted.await(profiles().events(crafted))).isInstanceOf(Unknown.class);
    assertThat(segment.asked()).isEmpty();
  }

  @Test
  void showsOnlyTheTraitsThatTheModelMaySee() {
    segment.answers(Payload.of("traits-first-page")).answers(Payload.of("traits-last-page"));

    assertThat(found(profiles("LOOKUP_TRAITS", "name,pet"))).containsOnlyKeys("name", "pet");
    assertThat(segment.asked().get(0)).contains("include=name,pet");
  }

  @Test
  void readsTheLastTenEvents() {
    segment.answers(Payload.of("events"));

    assertThat(Scripted.await(profiles().events(MIA)))
        .isInstanceOfSatisfying(Found.class, it -> assertThat((Iterable<?>) it.value()).hasSize(3));
    assertThat(segment.asked()).containsExactly("phone:+61400000001 limit=10");
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(answered(400), Kind.REFUSED, 1),
        Arguments.of(answered(401), Kind.REFUSED, 1),
        Arguments.of(answered(408), Kind.REFUSED, 2),
        Arguments.of(answered(429), Kind.BUSY, 2),
        Arguments.of(answered(460), Kind.REFUSED, 2),
        Arguments.of(answered(500), Kind.BROKEN, 2),
        Arguments.of(answered(501), Kind.BROKEN, 1),
        Arguments.of(answered(503), Kind.BROKEN, 2),
        Arguments.of(answered(511), Kind.BROKEN, 1),
        Arguments.of(new ConnectException(), Kind.UNREACHABLE, 2),
        Arguments.of(new SocketTimeoutException(), Kind.TIMED_OUT, 2),
        Arguments.of(new IOException("cut"), Kind.CUT, 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void failsAndRepeatsWhereThatHelps(Throwable trouble, Kind kind, int times) {
    segment.fails(trouble).fails(trouble).fails(trouble);

    assertFails(profiles(), kind);
    assertThat(segment.asked()).hasSize(times);
  }

  @Test
  void isWellAgainAtTheSecondAttempt() {
    segment.fails(new IOException("cut")).answers(NONE);

    assertThat(found(profiles())).isEmpty();
  }

  @Test
  void failsWhenTheSecondQuestionFails() {
    segment.refuses(404).refuses(401);

    assertFails(profiles(), Kind.REFUSED);
  }

  @Test
  void failsWhenALaterPageFails() {
    segment.answers(Payload.of("traits-first-page")).refuses(401);

    assertFails(profiles(), Kind.REFUSED);
  }

  @Test
  void givesUpWhenItIsToWaitTooLong() {
    segment.refuses(429, Optional.of(Duration.ofSeconds(60)));

    assertFails(profiles(), Kind.BUSY);
    assertThat(segment.asked()).hasSize(1);
  }

  @Test
  void givesUpOnSilenceBeforeTheFunctionDoes() {
    segment.neverAnswers();
    long start = System.nanoTime();

    assertFails(profiles(), Kind.TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Maintenance</html>",
        "{\"traits\": <<<",
        "[]",
        "{}",
        "{\"traits\":[]}",
        "{\"error\":{\"code\":\"not_found\"}}"
      })
  void takesAnythingButTraitsForAFailure(String body) {
    segment.answers(body);

    assertFails(profiles(), Kind.GARBLED);
  }

  @Test
  void isOffWithoutSpaceOrToken() {
    assertThat(profiles().on()).isTrue();
    assertThat(new Profiles(TestSettings.of("SEGMENT_SPACE_ID", "s"), segment, null).on())
        .isFalse();
  }

  private void assertFails(Profiles profiles, Kind kind) {
    assertThatThrownBy(() -> Scripted.await(profiles.traits(MIA)))
        .isInstanceOfSatisfying(
            VendorFailure.class,
            failure ->
                assertThat(Map.of(failure.vendor(), failure.kind()))
                    .containsExactly(entry("segment", kind)));
  }

  private static VendorFailure answered(int status) {
    return VendorFailure.answered("segment", status, Optional.empty(), "some_code");
  }

  private static JsonObject found(Profiles profiles) {
    return Scripted.await(profiles.traits(MIA)) instanceof Found<JsonObject> found
        ? found.value()
        : null;
  }

  private Profiles profiles(String... more) {
    String[] pairs =
        Stream.concat(
                Stream.of("SEGMENT_SPACE_ID", "spa_1", "SEGMENT_API_ACCESS_TOKEN", "token"),
                Stream.of(more))
            .toArray(String[]::new);
    return new Profiles(TestSettings.of(pairs), segment, segment.line());
  }
}
