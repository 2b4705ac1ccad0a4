package org.retellbridge.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** The doctor, against the packaged WAR behind proxies that do their work badly. */
class DoctorIT extends DeployedBridge {
  private static final Set<String> HOP_BY_HOP =
      Set.of("host", "content-length", "connection", "transfer-encoding", "expect", "upgrade");

  private static volatile UnaryOperator<Request> spoil = request -> request;
  private static volatile Reply instead;
  private static volatile URI bridge;

  private static final MiniServer proxy = new MiniServer("proxy", DoctorIT::pass, new Silence());

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "PUBLIC_BASE_URL", proxy.base() + "/voice",
            "SMS_MESSAGING_SERVICE_SID", TwinNames.MESSAGING_SERVICE,
            "RETELL_AGENTS", TwinNames.OTHER_NUMBER + "=" + TwinNames.OTHER_AGENT));
  }

  @BeforeEach
  void mendTheProxy() {
    spoil = request -> request;
    instead = null;
    bridge = local("");
  }

  @Test
  void findsNothingWrongWhereAllIsWell() {
    JsonObject report = examine();

    assertThat(report.getInt("wrong")).as(report.toString()).isZero();
    assertThat(results(report))
        .containsEntry("PUBLIC_BASE_URL", "ok")
        .containsEntry("RETELL_API_KEY", "ok")
        .containsEntry("RETELL_WEBHOOK_KEY", "unknown")
        .containsEntry("RETELL_AGENT_ID", "ok")
        .containsEntry("RETELL_AGENTS", "ok")
        .containsEntry("ACCOUNT_SID", "ok")
        .containsEntry("AUTH_TOKEN", "ok")
        .containsEntry("TWILIO_APPLICATION_SID", "ok")
        .containsEntry("WORKSPACE_SID", "ok")
        .containsEntry("WORKFLOW_SID", "ok")
        .containsEntry("SMS_FROM_NUMBER", "ok")
        .containsEntry("SMS_MESSAGING_SERVICE_SID", "ok")
        .containsEntry("SEGMENT_API_ACCESS_TOKEN", "ok")
        .containsEntry("SEGMENT_SPACE_ID", "unknown")
        .containsEntry("SEGMENT_TRACKING_API_BASE_URL", "ok")
        .containsEntry("SEGMENT_WRITE_KEY", "unknown")
        .containsEntry("RETELL_AGENT_VERSION", "ok")
        .containsEntry("SEGMENT_PROFILES_API_BASE_URL", "ok")
        .containsEntry("TWILIO_API_BASE_URL", "ok")
        .containsEntry("AI_HOURS", "ok")
        .containsEntry("AI_SHARE", "ok")
        .containsEntry("TRUST_FORWARDED_HEADERS", "ok")
        .containsEntry("FALLBACK_NUMBER", "not_set")
        .containsEntry("FALLBACK_MESSAGE", "not_examined");
  }

  /** What is left out would pass for good. */
  @Test
  void speaksOfEverySetting() {
    JsonObject report = examine();

    assertThat(results(report).keySet())
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.all().stream().map(Setting::variable).toList());
    List<JsonObject> all = report.getJsonArray("settings").getValuesAs(JsonObject.class);
    assertThat(all)
        .filteredOn(it -> it.getString("result").equals("not_set"))
        .hasSize(report.getInt("not_set"))
        .allMatch(it -> it.getString("sentence").startsWith("It is not set: "));
    assertThat(all)
        .filteredOn(it -> it.getString("result").equals("not_examined"))
        .hasSize(report.getInt("not_examined"))
        .allMatch(it -> it.getString("sentence").startsWith("It was not examined, because "));
  }

  @Test
  void saysWhenNoCallGoesToTheAgent() {
    int hour = (Instant.now().atOffset(ZoneOffset.UTC).getHour() + 12) % 24;
    String hours = String.format("Mo-Su %02d:00-%02d:30 UTC", hour, hour);
    turn("{\"ai_share\": 0, \"ai_hours\": \"" + hours + "\"}");
    try {
      JsonObject report = examine();
      assertThat(diagnosis(report, "AI_SHARE").getString("sentence"))
          .contains("switch", "0 of 100");
      assertThat(diagnosis(report, "AI_HOURS").getString("sentence"))
          .contains("switch", "every call goes down the fallback ladder");
    } finally {
      turn("{\"ai_share\": null, \"ai_hours\": null}");
    }
  }

  private void turn(String order) {
    assertThat(
            send(HttpRequest.newBuilder(local("/switches"))
                    .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
                    .PUT(HttpRequest.BodyPublishers.ofString(order)))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void changesNothingAndTellsNoSecret() {
    String report = examine().toString();

    assertThat(twin.twilio().messages()).isEmpty();
    assertThat(twin.twilio().tasks()).isEmpty();
    assertThat(twin.retell().calls()).isEmpty();
    assertThat(twin.segment().messages()).isEmpty();
    assertThat(report)
        .doesNotContain(
            TwinNames.ACCOUNT.authToken(),
            TwinNames.RETELL_KEYS.api(),
            TwinNames.RETELL_KEYS.webhook(),
            TwinNames.SEGMENT_TOKEN,
            TwinNames.SEGMENT_WRITE_KEY,
            BridgeUnderTest.OPERATIONS_TOKEN,
            TwinNames.NUMBER.substring(3),
            TwinNames.OTHER_NUMBER.substring(3));
  }

  @ParameterizedTest
  @CsvSource({
    "DROPS_SIGNATURE, takes the header X-Twilio-Signature away",
    "DROPS_RETELLS_SIGNATURE, takes the header X-Retell-Signature away",
    "REWRITES_QUERY, writes the query anew",
    "REWRITES_BODY, changes the body",
    "KEEPS_PREFIX, path prefix",
    "ANSWERS_ITSELF, not this bridge (HTTP 502)",
    "REDIRECTS, redirect (HTTP 301)"
  })
  void saysWhatTheProxyBreaks(Flaw flaw, String sentence) {
    flaw.apply();

    JsonObject diagnosis = diagnosis(examine(), "PUBLIC_BASE_URL");

    assertThat(diagnosis.getString("result")).as(diagnosis.toString()).isEqualTo("wrong");
    assertThat(diagnosis.getString("sentence")).contains(sentence);
    assertThat(diagnosis.getString("advice")).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Proto, https",
    "X-Forwarded-Host, other.example.com",
    "X-Forwarded-Prefix, /elsewhere"
  })
  void namesTheHeaderThatWouldBreakSignatures(String header, String value) {
    Map<String, String> told = new HashMap<>();
    told.put("x-forwarded-proto", "http");
    told.put("x-forwarded-host", proxy.base().getAuthority());
    told.put("x-forwarded-prefix", "/voice");
    told.put(header.toLowerCase(Locale.ROOT), value);
    spoil = request -> with(request, told);

    JsonObject diagnosis = diagnosis(examine(), "TRUST_FORWARDED_HEADERS");

    assertThat(diagnosis.getString("sentence")).contains(header + " differs");
    assertThat(diagnosis.getString("advice")).contains("PUBLIC_BASE_URL");
  }

  /** No setting passes for a good one, and the state shows the same of every vendor. */
  @Test
  void saysWhatItCouldNotExamineWhileVendorsAreOutOfReach() {
    twin.retell().faults().always(Fault.cut());
    twin.twilio().faults().always(Fault.cut());
    twin.segment().profileFaults().always(Fault.cut());
    twin.segment().trackingFaults().always(Fault.cut());

    JsonObject report = examine();

    for (String setting :
        List.of(
            "RETELL_API_KEY",
            "RETELL_AGENT_ID",
            "RETELL_AGENTS",
            "ACCOUNT_SID",
            "AUTH_TOKEN",
            "TWILIO_APPLICATION_SID",
            "WORKSPACE_SID",
            "WORKFLOW_SID",
            "SMS_FROM_NUMBER",
            "SMS_MESSAGING_SERVICE_SID",
            "SEGMENT_SPACE_ID",
            "SEGMENT_API_ACCESS_TOKEN")) {
      assertThat(diagnosis(report, setting).getString("sentence"))
          .as(setting)
          .startsWith("It was not examined, because ");
    }
    JsonObject vendors =
        Json.parseObject(operate("/status").body()).orElseThrow().getJsonObject("vendors");
    for (String vendor : List.of("retell", "twilio", "segment_profiles", "segment_tracking")) {
      assertThat(vendors.getJsonObject(vendor).isNull("last_failure")).as(vendor).isFalse();
      assertThat(vendors.getJsonObject(vendor).getString("last_failure_kind"))
          .as(vendor)
          .isEqualTo("cut");
    }
  }

  @Test
  void followsNoRedirect() {
    Flaw.REDIRECTS.apply();
    long before = proxy.log().total();

    examine();

    assertThat(proxy.log().total() - before).isOne();
  }

  @Test
  void examinesOneAtATime() {
    CountDownLatch letGo = new CountDownLatch(1);
    twin.retell().faults().next(Fault.held(letGo));
    CompletableFuture<JsonObject> first = CompletableFuture.supplyAsync(this::examine);
    Await.until("the first is under way", () -> twin.retell().requests().total() > 0);

    assertThat(ask().statusCode()).isEqualTo(429);
    letGo.countDown();
    assertThat(first.join().getInt("wrong")).isZero();
    assertThat(ask().statusCode()).isEqualTo(200);
  }

  private JsonObject examine() {
    HttpResponse<String> answer = ask();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parseObject(answer.body()).orElseThrow();
  }

  private HttpResponse<String> ask() {
    return send(
        HttpRequest.newBuilder(local("/status/doctor"))
            .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static Map<String, String> results(JsonObject report) {
    Map<String, String> results = new HashMap<>();
    report
        .getJsonArray("settings")
        .getValuesAs(JsonObject.class)
        .forEach(it -> results.put(it.getString("setting"), it.getString("result")));
    return results;
  }

  private static JsonObject diagnosis(JsonObject report, String setting) {
    return report.getJsonArray("settings").getValuesAs(JsonObject.class).stream()
        .filter(it -> it.getString("setting").equals(setting))
        .findFirst()
        .orElseThrow();
  }

  /** What proxies do. */
  enum Flaw {
    DROPS_SIGNATURE {
      @Override
      void apply() {
        spoil = request -> without(request, "x-twilio-signature");
      }
    },
    DROPS_RETELLS_SIGNATURE {
      @Override
      void apply() {
        spoil = request -> without(request, "x-retell-signature");
      }
    },
    REWRITES_QUERY {
      @Override
      void apply() {
        spoil =
            request ->
                new Request(
                    request.method(),
                    request.target().replace("%20", "+"),
                    request.headers(),
                    request.body());
      }
    },
    REWRITES_BODY {
      @Override
      void apply() {
        spoil =
            request ->
                new Request(
                    request.method(),
                    request.target(),
                    request.headers(),
                    (request.text() + "&more=1").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    },
    KEEPS_PREFIX {
      @Override
      void apply() {
        spoil =
            request ->
                new Request(
                    request.method(),
                    request.target().replaceFirst("^/voice/", "/voice/voice/"),
                    request.headers(),
                    request.body());
      }
    },
    ANSWERS_ITSELF {
      @Override
      void apply() {
        instead = Reply.text(502, "text/html", "<h1>Bad gateway</h1>");
      }
    },
    REDIRECTS {
      @Override
      void apply() {
        instead = Reply.empty(301).with("Location", proxy.base() + "/voice/");
      }
    };

    abstract void apply();
  }

  private static Request without(Request request, String header) {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.keySet().removeIf(name -> name.equalsIgnoreCase(header));
    return new Request(request.method(), request.target(), headers, request.body());
  }

  private static Request with(Request request, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.putAll(more);
    return new Request(request.method(), request.target(), headers, request.body());
  }

  /** A proxy that takes the prefix away, unless it is spoilt. */
  private static Reply pass(Request arrived) {
    if (instead != null) {
      return instead;
    }
    Request request = spoil.apply(arrived);
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(
                URI.create(bridge + request.target().replaceFirst("^/voice(?=/)", "")))
            .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                onward.header(name, value);
              }
            });
    try {
      HttpResponse<String> answer = http.send(onward.build(), HttpResponse.BodyHandlers.ofString());
      return Reply.text(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse("text/plain"),
          answer.body());
    } catch (IOException e) {
      return Reply.empty(502);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.empty(502);
    }
  }

  private static final class Silence implements Observer {
    @Override
    public void came(Request request) {}

    @Override
    public void answered(Request request, Reply reply, String mishap) {}
  }
}
