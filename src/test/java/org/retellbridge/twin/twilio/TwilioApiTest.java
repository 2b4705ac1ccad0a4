package org.retellbridge.twin.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.RetellCall;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

class TwilioApiTest {

  private static final String ACCOUNT = "/2010-04-01/Accounts/" + TwinNames.ACCOUNT.sid();
  private static final String TO_STUDIO =
      "<Response><Dial"
          + " action=\"https://bridge.example.test/dial_ended\"><Application><ApplicationSid>"
          + TwinNames.APPLICATION
          + "</ApplicationSid><Parameter name=\"original_call_sid\" value=\"CA1\"/><Parameter"
          + " name=\"summary\" value=\"wants &amp; needs\"/></Application></Dial></Response>";

  private final Twin twin = Twin.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final MiniServer voice = new MiniServer("voice", this::voice, new Blind());

  TwilioApiTest() {
    twin.publish(voice.base().toString());
  }

  @AfterEach
  void close() {
    voice.close();
    twin.close();
  }

  private Reply voice(Request request) {
    if (!request.rawPath().equals("/start")) {
      return Reply.text(200, "text/xml", "<Response><Hangup/></Response>");
    }
    String id =
        twin.retell()
            .register(org.retellbridge.twin.retell.CallSpec.phone(TwinNames.AGENT, "+61", "+62"))
            .callId();
    return Reply.text(
        200,
        "text/xml",
        "<Response><Dial action=\"dial_ended\"><Sip>sip:"
            + id
            + "@sip.retellai.com</Sip></Dial></Response>");
  }

  private LiveCall connected() {
    LiveCall call =
        twin.twilio()
            .openCall(CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER));
    call.awaitAgent();
    return call;
  }

  private HttpResponse<String> send(String credentials, String method, String path, Fields form)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(twin.twilioApi() + path))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, BodyPublishers.ofString(form.encoded()))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String... form) throws Exception {
    String credentials = TwinNames.ACCOUNT.keySid() + ":" + TwinNames.ACCOUNT.keySecret();
    return send(credentials, "POST", path, Fields.of(form));
  }

  private HttpResponse<String> get(String path) throws Exception {
    String credentials = TwinNames.ACCOUNT.sid() + ":" + TwinNames.ACCOUNT.authToken();
    return send(credentials, "GET", path, new Fields());
  }

  private static int code(HttpResponse<String> response) {
    JsonObject error = Json.parseObject(response.body()).orElseThrow();
    assertThat(error.getInt("status")).isEqualTo(response.statusCode());
    assertThat(error.getString("more_info")).endsWith("/" + error.getInt("code"));
    return error.getInt("code");
  }

  @Test
  void movesLiveCallToStudio() throws Exception {
    LiveCall call = connected();
    AgentCall agent = call.awaitAgent();

    HttpResponse<String> response =
        post(ACCOUNT + "/Calls/" + call.callSid() + ".json", "Twiml", TO_STUDIO);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Json.parseObject(response.body()).orElseThrow().getString("status"))
        .isEqualTo("in-progress");
    call.awaitParty(Party.Kind.STUDIO);
    assertThat(agent.call().status()).isEqualTo(RetellCall.Status.ENDED);
    assertThat(twin.twilio().studioVisits().get(0).parameters())
        .containsExactly(
            org.assertj.core.api.Assertions.entry("original_call_sid", "CA1"),
            org.assertj.core.api.Assertions.entry("summary", "wants & needs"));
    call.farEndHangsUp();
    assertThat(call.awaitEnd().documents()).hasSize(2);
    assertThat(code(post(ACCOUNT + "/Calls/" + call.callSid() + ".json", "Twiml", TO_STUDIO)))
        .isEqualTo(21220);
  }

  @Test
  void agentMayMoveTheCallInAPlayedConversation() {
    CallRequest request =
        CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER)
            .with("CallSid", "CA" + "5".repeat(32));

    PlacedCall call = twin.twilio().placeCall(request, agent -> move("CA" + "5".repeat(32)));

    assertThat(call.heardKinds())
        .containsExactly(
            Heard.Kind.RINGING, Heard.Kind.AGENT, Heard.Kind.RINGING, Heard.Kind.STUDIO);
    assertThat(call.problems()).isEmpty();
    assertThat(call.lastDocument().orElseThrow().url()).endsWith("/dial_ended");
  }

  private void move(String callSid) {
    try {
      post(ACCOUNT + "/Calls/" + callSid + ".json", "Twiml", TO_STUDIO);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void asksActionAfterRedirectOnlyWhenToldTo() throws Exception {
    twin.twilio().actionAfterRedirect(new CountDownLatch(0));
    LiveCall call = connected();
    post(ACCOUNT + "/Calls/" + call.callSid() + ".json", "Twiml", TO_STUDIO);
    call.awaitParty(Party.Kind.STUDIO);

    assertThat(call.soFar().documents()).hasSize(2);
  }

  @Test
  void relativeUrlInUpdateIsRefusedWhenItIsNeeded() throws Exception {
    LiveCall call = connected();
    post(
        ACCOUNT + "/Calls/" + call.callSid() + ".json",
        "Twiml",
        "<Response><Dial action=\"dial_ended\"><Number>+61255509999</Number></Dial></Response>");
    call.awaitParty(Party.Kind.NUMBER);
    call.farEndHangsUp();

    assertThat(call.awaitEnd().hasProblem(11100)).isTrue();
  }

  @Test
  void refusesBadUpdates() throws Exception {
    LiveCall call = connected();
    String path = ACCOUNT + "/Calls/" + call.callSid() + ".json";

    assertThat(
            code(post(path, "Twiml", "<Response><Say>" + "x".repeat(4000) + "</Say></Response>")))
        .isEqualTo(32018);
    assertThat(code(post(path, "Twiml", "<Response><Say>"))).isEqualTo(12100);
    assertThat(code(post(path, "Twiml", TO_STUDIO, "Url", "https://h.example/"))).isEqualTo(20001);
    assertThat(code(post(path))).isEqualTo(20001);
    assertThat(code(post(ACCOUNT + "/Calls/CA" + "0".repeat(32) + ".json", "Twiml", TO_STUDIO)))
        .isEqualTo(20404);
    assertThat(call.party()).isPresent();

    assertThat(post(path, "Status", "completed").statusCode()).isEqualTo(200);
    assertThat(call.awaitEnd().status()).isEqualTo("completed");
  }

  @Test
  void wantsCredentials() throws Exception {
    HttpResponse<String> response = send("AC:wrong", "GET", ACCOUNT + ".json", new Fields());

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(code(response)).isEqualTo(20003);
    assertThat(get("/2010-04-01/Accounts/AC" + "9".repeat(32) + ".json").statusCode())
        .isEqualTo(404);
  }

  @Test
  void sendsMessages() throws Exception {
    HttpResponse<String> response =
        post(
            ACCOUNT + "/Messages.json",
            "To",
            TwinNames.CALLER,
            "From",
            TwinNames.NUMBER,
            "Body",
            "Hi Zoë");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(Json.parseObject(response.body()).orElseThrow().getString("sid"))
        .matches("SM[0-9a-f]{32}");
    assertThat(twin.twilio().messages()).extracting(SentMessage::body).containsExactly("Hi Zoë");
    post(
        ACCOUNT + "/Messages.json",
        "To",
        TwinNames.CALLER,
        "MessagingServiceSid",
        TwinNames.MESSAGING_SERVICE,
        "Body",
        "Hi");
    assertThat(twin.twilio().messages()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "anonymous,+61255500000,Hi,21211",
    "'',+61255500000,Hi,21604",
    "+61491570006,+61255500000,'',21602",
    "+61491570006,'',Hi,21603",
    "+61491570006,+15550001111,Hi,21606",
    "+61491570007,+61255500000,Hi,21610",
    "+61255500009,+61255500000,Hi,21635",
  })
  void refusesMessages(String to, String from, String body, int wanted) throws Exception {
    twin.twilio().optOut("+61491570007");
    twin.twilio().landline("+61255500009");

    HttpResponse<String> response =
        post(ACCOUNT + "/Messages.json", "To", to, "From", from, "Body", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(code(response)).isEqualTo(wanted);
    assertThat(twin.twilio().messages()).isEmpty();
  }

  @Test
  void refusesLongMessages() throws Exception {
    assertThat(
            code(
                post(
                    ACCOUNT + "/Messages.json",
                    "To",
                    TwinNames.CALLER,
                    "From",
                    TwinNames.NUMBER,
                    "Body",
                    "x".repeat(1601))))
        .isEqualTo(21617);
  }

  @Test
  void createsTasks() throws Exception {
    String tasks = "/v1/Workspaces/" + TwinNames.WORKSPACE + "/Tasks";
    HttpResponse<String> response =
        post(
            tasks,
            "WorkflowSid",
            TwinNames.WORKFLOW,
            "TaskChannel",
            "voice",
            "Attributes",
            "{\"summary\":\"order\"}");

    assertThat(response.statusCode()).isEqualTo(201);
    CreatedTask task = twin.twilio().tasks().get(0);
    assertThat(task.sid()).matches("WT[0-9a-f]{32}");
    assertThat(task.attributes().getString("summary")).isEqualTo("order");
    assertThat(get(tasks + "/" + task.sid()).statusCode()).isEqualTo(200);
    assertThat(post(tasks, "Attributes", "order").statusCode()).isEqualTo(400);
    assertThat(post(tasks, "TaskChannel", "fax").statusCode()).isEqualTo(400);
    assertThat(post("/v1/Workspaces/WS9/Tasks").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsWhatTheAccountOwns() throws Exception {
    assertThat(get(ACCOUNT + ".json").body()).contains("active");
    assertThat(get(ACCOUNT + "/Applications/" + TwinNames.APPLICATION + ".json").statusCode())
        .isEqualTo(200);
    assertThat(get(ACCOUNT + "/Applications/AP9.json").statusCode()).isEqualTo(404);
    assertThat(get("/v1/Workspaces/" + TwinNames.WORKSPACE).statusCode()).isEqualTo(200);
    assertThat(
            get("/v1/Workspaces/" + TwinNames.WORKSPACE + "/Workflows/" + TwinNames.WORKFLOW)
                .statusCode())
        .isEqualTo(200);
    JsonObject numbers =
        Json.parseObject(
                get(ACCOUNT + "/IncomingPhoneNumbers.json?PhoneNumber=%2B61255500000").body())
            .orElseThrow();
    assertThat(numbers.getJsonArray("incoming_phone_numbers")).hasSize(1);
  }

  private static final class Blind implements Observer {
    @Override
    public void came(Request request) {}

    @Override
    public void answered(Request request, Reply reply, String mishap) {}
  }
}
