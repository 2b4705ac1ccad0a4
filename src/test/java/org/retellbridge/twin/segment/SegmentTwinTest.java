package org.retellbridge.twin.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.wire.Json;

class SegmentTwinTest {

  private static final String PHONE = "+61491570006";

  private final Twin twin = Twin.start();
  private final SegmentTwin segment = twin.segment();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    twin.close();
  }

  private HttpResponse<String> look(String pathAndQuery) throws Exception {
    return look(TwinNames.SEGMENT_TOKEN, pathAndQuery);
  }

  private HttpResponse<String> look(String token, String pathAndQuery) throws Exception {
    String base =
        twin.segmentProfiles() + "/spaces/" + TwinNames.SPACE + "/collections/users/profiles/";
    String basic = Base64.getEncoder().encodeToString((token + ":").getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + pathAndQuery))
            .header("Authorization", "Basic " + basic)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private JsonObject found(String pathAndQuery) throws Exception {
    HttpResponse<String> response = look(pathAndQuery);
    assertThat(response.statusCode()).isEqualTo(200);
    return Json.parseObject(response.body()).orElseThrow();
  }

  private HttpResponse<String> track(String type, String body) throws Exception {
    return track(type, "application/json", body);
  }

  private HttpResponse<String> track(String type, String contentType, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(twin.segmentTracking() + "/" + type))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private void track(String type, JsonObjectBuilder body) throws Exception {
    String whole = body.add("writeKey", TwinNames.SEGMENT_WRITE_KEY).build().toString();
    assertThat(track(type, whole).statusCode()).isEqualTo(200);
  }

  private static JsonObjectBuilder externalId(String type, String id) {
    return Json.object()
        .add(
            "externalIds",
            Json.array()
                .add(
                    Json.object()
                        .add("id", id)
                        .add("type", type)
                        .add("collection", "users")
                        .add("encoding", "none")));
  }

  private static JsonObjectBuilder identify(String userId, String trait, String value) {
    return Json.object().add("userId", userId).add("traits", Json.object().add(trait, value));
  }

  @Test
  void identifyChangesWhatTheNextLookUpFinds() throws Exception {
    assertThat(look("phone:%2B61491570006/traits").statusCode()).isEqualTo(404);

    track("identify", identify(PHONE, "name", "Mia").add("context", externalId("phone", PHONE)));

    assertThat(found("phone:%2B61491570006/traits").getJsonObject("traits").getString("name"))
        .isEqualTo("Mia");
    assertThat(found("user_id:%2B61491570006/traits").getJsonObject("traits")).hasSize(1);
    assertThat(found("phone:%2B61491570006/external_ids").getJsonArray("data")).hasSize(2);
    assertThat(found("phone:%2B61491570006/metadata").getJsonObject("metadata"))
        .containsKey("created_at");
  }

  @Test
  void originalsIdentifyIsFoundByUserIdOnly() throws Exception {
    track("identify", identify(PHONE, "name", "Mia"));

    assertThat(look("phone:%2B61491570006/traits").statusCode()).isEqualTo(404);
    assertThat(look("user_id:%2B61491570006/traits").statusCode()).isEqualTo(200);
  }

  @Test
  void phoneInTraitsCountsOnlyWhereTheSpaceHasIt() throws Exception {
    segment.forgetIdentifier("phone");
    track("identify", identify("u1", "phone", PHONE));
    assertThat(segment.profile("phone", PHONE)).isEmpty();

    segment.configureIdentifier("phone");
    track("identify", identify("u1", "phone", PHONE));
    assertThat(segment.profile("phone", PHONE)).isPresent();
  }

  @Test
  void newSpacesTakeNoIdentifierThatNobodyAdded() throws Exception {
    segment.forgetIdentifier("phone");
    segment.addsUnknownTypes(false);
    track("identify", identify("u1", "name", "Mia").add("context", externalId("phone", PHONE)));
    assertThat(segment.profile("phone", PHONE)).isEmpty();
    assertThat(segment.profile("user_id", "u1")).isPresent();

    segment.addsUnknownTypes(true);
    track("identify", identify("u1", "name", "Mia").add("context", externalId("phone", PHONE)));
    assertThat(segment.profile("phone", PHONE)).isPresent();
  }

  @Test
  void takesJsonThatSaysSo() throws Exception {
    String body = "{\"userId\":\"u1\",\"writeKey\":\"" + TwinNames.SEGMENT_WRITE_KEY + "\"}";
    assertThat(track("identify", "application/json;charset=UTF-8", body).statusCode())
        .isEqualTo(200);
    for (String type : new String[] {"text/plain", "application/json5", "application/xml"}) {
      assertThat(track("identify", type, body).statusCode()).as(type).isEqualTo(400);
    }
    assertThat(segment.messages()).hasSize(1);
  }

  @Test
  void trackedEventsComeBackNewestFirstAndForTwoWeeks() throws Exception {
    segment.know(Map.of("client_id", "client:bob"), Json.strings(Map.of("name", "Bob")));
    segment.remember(Map.of("client_id", "client:bob"), "old", Json.strings(Map.of()));
    twin.clock().advance(Duration.ofDays(15));
    for (String name : new String[] {"first", "second"}) {
      track(
          "track",
          Json.object()
              .add("userId", "bob")
              .add("event", name)
              .add("properties", Json.object().add("total", "18.50"))
              .add("context", externalId("client_id", "client:bob")));
      twin.clock().advance(Duration.ofSeconds(1));
    }

    JsonObject events = found("client_id:client%3Abob/events?limit=1");
    assertThat(events.getJsonArray("data").getJsonObject(0).getString("event")).isEqualTo("second");
    JsonObject cursor = events.getJsonObject("cursor");
    assertThat(cursor.getBoolean("has_more")).isTrue();
    JsonObject next = found("client_id:client:bob/events?limit=1&next=" + cursor.getString("next"));
    assertThat(next.getJsonArray("data").getJsonObject(0).getString("event")).isEqualTo("first");
    assertThat(next.getJsonObject("cursor").getBoolean("has_more")).isFalse();
  }

  @Test
  void wantsThePlusEncodedAndTheTypeNamed() throws Exception {
    segment.know(Map.of("phone", PHONE), Json.strings(Map.of("name", "Mia")));

    assertThat(look("phone:+61491570006/traits").statusCode()).isEqualTo(500);
    assertThat(look("phone:%252B61491570006/traits").statusCode()).isEqualTo(404);
    assertThat(look("%2B61491570006/traits").statusCode()).isEqualTo(404);
    HttpResponse<String> response = look("phone:%2B610/traits");
    assertThat(response.body()).contains("not_found");
    assertThat(response.headers().firstValue("Request-Id")).isPresent();
    assertThat(look("wrong", "phone:%2B61491570006/traits").statusCode()).isEqualTo(401);
  }

  @Test
  void pagesTraits() throws Exception {
    JsonObjectBuilder traits = Json.object();
    IntStream.range(0, 25).forEach(i -> traits.add("t" + i, i));
    segment.know(Map.of("phone", PHONE), traits.build());

    assertThat(found("phone:%2B61491570006/traits").getJsonObject("traits")).hasSize(10);
    assertThat(found("phone:%2B61491570006/traits?limit=200").getJsonObject("traits")).hasSize(25);
    assertThat(found("phone:%2B61491570006/traits?include=t1,t3,x").getJsonObject("traits"))
        .containsOnlyKeys("t1", "t3");
    assertThat(look("phone:%2B61491570006/traits?limit=201").statusCode()).isEqualTo(400);
    assertThat(look("phone:%2B61491570006/traits?next=foreign").statusCode()).isEqualTo(400);
  }

  @Test
  void spokenNumberMayMergeStrangers() throws Exception {
    track("identify", identify("mia", "name", "Mia").add("context", externalId("phone", PHONE)));
    segment.know(Map.of("phone", "+61255500009"), Json.strings(Map.of("pet", "dog")));

    track("identify", identify("mia", "phone", "+61255500009"));

    assertThat(segment.profile("phone", PHONE).orElseThrow().traits()).containsKey("pet");
  }

  @Test
  void secondUserIdDropsThePhoneFromTheMessage() throws Exception {
    track("identify", identify(PHONE, "name", "Mia").add("context", externalId("phone", PHONE)));

    track(
        "identify", identify("uuid-1", "name", "Mia B").add("context", externalId("phone", PHONE)));

    assertThat(segment.profile("phone", PHONE).orElseThrow().traits().get("name"))
        .isEqualTo(Json.string("Mia"));
    assertThat(segment.profile("user_id", "uuid-1").orElseThrow().identifiers()).hasSize(1);
  }

  @Test
  void believesEverythingAndKeepsLittle() throws Exception {
    assertThat(track("identify", "{\"writeKey\":\"unknown-key\",\"userId\":\"u\"}").statusCode())
        .isEqualTo(200);
    track("track", Json.object().add("userId", "u"));
    track("track", Json.object().add("event", "e"));
    track("identify", Json.object().add("userId", "u").add("traits", "none"));
    track("identify", identify("u", "a", "1").add("messageId", "m1"));
    track("identify", identify("u", "a", "2").add("messageId", "m1"));

    assertThat(segment.messages())
        .extracting(SegmentMessage::fate)
        .containsExactly(
            "unknown write key",
            "event_not_defined",
            "no_user_anon_id",
            "traits_not_object",
            "applied",
            "duplicate");
    assertThat(track("identify", "{").statusCode()).isEqualTo(400);
    assertThat(track("identify", "{\"writeKey\":\"\",\"userId\":\"u\"}").statusCode())
        .isEqualTo(400);
    assertThat(track("identify", "{\"x\":\"" + "y".repeat(33_000) + "\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void takesBatchesWithCommonContext() throws Exception {
    track(
        "batch",
        Json.object()
            .add("context", externalId("phone", PHONE))
            .add(
                "batch",
                Json.array()
                    .add(identify("u", "name", "Mia").add("type", "identify"))
                    .add(Json.object().add("userId", "u").add("type", "track").add("event", "e"))));

    Profile profile = segment.profile("phone", PHONE).orElseThrow();
    assertThat(profile.eventNames()).containsExactly("e");
    assertThat(profile.traits()).containsKey("name");
  }

  @Test
  void holdsChangesBackUntilToldOtherwise() throws Exception {
    segment.hold(true);
    track("identify", identify("u", "name", "Mia"));
    assertThat(look("user_id:u/traits").statusCode()).isEqualTo(404);

    segment.hold(false);
    assertThat(look("user_id:u/traits").statusCode()).isEqualTo(200);
  }

  @Test
  void withheldCallersStayApart() throws Exception {
    track("identify", identify("u", "name", "A").add("context", externalId("phone", "anonymous")));

    assertThat(segment.profile("phone", "anonymous")).isEmpty();
  }

  @Test
  void nullDeletesATrait() throws Exception {
    track("identify", identify("u", "name", "Mia"));
    track(
        "identify", Json.object().add("userId", "u").add("traits", Json.object().addNull("name")));

    assertThat(segment.profile("user_id", "u").orElseThrow().traits()).isEmpty();
  }
}
