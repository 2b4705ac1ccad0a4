package org.retellbridge.twin.retell;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.wire.Json;

class RegisterCallTest {

  private final Twin twin = Twin.start();

  @AfterEach
  void close() {
    twin.close();
  }

  private HttpResponse<String> register(String key, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(twin.retellApi() + "/v2/register-phone-call"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> register(String fields) throws Exception {
    return register(
        TwinNames.RETELL_KEYS.api(), "{\"agent_id\":\"" + TwinNames.AGENT + "\"" + fields + "}");
  }

  @Test
  void registersOnceWithEverything() throws Exception {
    HttpResponse<String> response =
        register(
            ",\"agent_version\":\"prod\",\"direction\":\"inbound\",\"from_number\":\"+61\","
                + "\"metadata\":{\"n\":1},\"retell_llm_dynamic_variables\":{\"a\":\"b\"},"
                + "\"agent_override\":{\"agent\":{\"webhook_url\":\"https://h.example/e\","
                + "\"webhook_events\":[\"call_ended\"],\"webhook_timeout_ms\":1000}}");

    assertThat(response.statusCode()).isEqualTo(201);
    var json = Json.parseObject(response.body()).orElseThrow();
    assertThat(json.getString("call_id")).matches("call_[0-9a-f]{32}");
    assertThat(json.getString("call_status")).isEqualTo("registered");
    assertThat(json.getInt("agent_version")).isEqualTo(6);
    assertThat(json.containsKey("to_number")).isFalse();
  }

  @Test
  void refusesWrongKeyAndUnknownAgent() throws Exception {
    assertThat(register("key_wrong", "{}").statusCode()).isEqualTo(401);
    HttpResponse<String> response =
        register(TwinNames.RETELL_KEYS.api(), "{\"agent_id\":\"agent_nobody\"}");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(Json.parseObject(response.body()).orElseThrow().getString("status"))
        .isEqualTo("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"retell_llm_dynamic_variables\":{\"n\":1}",
        ",\"retell_llm_dynamic_variables\":[]",
        ",\"metadata\":\"text\"",
        ",\"direction\":\"sideways\"",
        ",\"from_number\":\"\"",
        ",\"to_number\":5",
        ",\"agent_version\":-1",
        ",\"agent_version\":\"Prod!\"",
        ",\"agent_override\":{\"retell_llm\":{\"general_prompt\":\"x\"}}",
        ",\"agent_override\":{\"voice\":{}}",
        ",\"agent_override\":{\"agent\":{\"webhook_events\":[\"call_dreamt\"]}}",
        ",\"custom_sip_headers\":{}",
        ",,",
      })
  void refusesMalformedBodies(String fields) throws Exception {
    assertThat(register(fields).statusCode()).isEqualTo(400);
    assertThat(twin.retell().calls()).isEmpty();
  }

  @Test
  void validatesNumbersOnlyIfToldTo() throws Exception {
    String client = ",\"from_number\":\"client:alice\"";
    assertThat(register(client).statusCode()).isEqualTo(201);
    twin.retell().validatesNumbers();
    assertThat(register(client).statusCode()).isEqualTo(400);
    assertThat(register(",\"to_number\":\"0491570006\"").statusCode()).isEqualTo(400);
    assertThat(register(",\"from_number\":\"+61491570006\"").statusCode()).isEqualTo(201);
    twin.retell().reset();
    assertThat(register(client).statusCode()).isEqualTo(201);
  }

  @Test
  void callExpiresFiveMinutesAfterItsRegistration() throws Exception {
    register("");
    String callId = twin.retell().calls().get(0).callId();
    twin.clock().advance(Duration.ofSeconds(301));

    assertThat(twin.retell().answer(callId).code()).isEqualTo(480);
    assertThat(twin.retell().call(callId).orElseThrow().status())
        .isEqualTo(RetellCall.Status.ERROR);
  }

  @Test
  void countsRequests() throws Exception {
    register("");
    register("");

    assertThat(twin.retell().requests().total()).isEqualTo(2);
    assertThat(twin.retell().requests().count("/register-phone-call")).isEqualTo(2);
  }
}
