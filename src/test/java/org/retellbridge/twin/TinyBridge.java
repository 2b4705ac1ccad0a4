package org.retellbridge.twin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.retellbridge.twin.twilio.TwilioSignature;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/**
 * The smallest thing that a caller could take for a bridge: it drives the twin in the twin's own
 * tests.
 */
final class TinyBridge implements AutoCloseable {

  private static final Observer BLIND =
      new Observer() {
        @Override
        public void came(Request request) {}

        @Override
        public void answered(Request request, Reply reply, String mishap) {}
      };

  private final Twin twin;
  private final List<String> ladder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final MiniServer server = new MiniServer("bridge", this::handle, BLIND);
  private final Map<String, Reply> canned = new ConcurrentHashMap<>();

  /**
   * @param ladder TwiML of the rungs, {@code $action} standing for the action attribute
   */
  TinyBridge(Twin twin, String... ladder) {
    this.twin = twin;
    this.ladder = List.of(ladder);
    twin.publish(server.base().toString());
  }

  MiniServer server() {
    return server;
  }

  /** That path answers so from now on. */
  void answers(String path, Reply reply) {
    canned.put(path, reply);
  }

  private Reply handle(Request request) {
    if (canned.containsKey(request.rawPath())) {
      return canned.get(request.rawPath());
    }
    if (!signed(request)) {
      return Reply.empty(403);
    }
    Fields fields = request.method().equals("GET") ? request.query() : request.form();
    return switch (request.rawPath()) {
      case "/start" -> start(fields);
      case "/dial_ended" -> ended(request, fields);
      default -> Reply.empty(404);
    };
  }

  private boolean signed(Request request) {
    String url = twin.publicBase() + request.target();
    String wanted = TwilioSignature.of(TwinNames.ACCOUNT.authToken(), url, request.form());
    return request.header("x-twilio-signature").equals(Optional.of(wanted));
  }

  private Reply start(Fields fields) {
    JsonObject body =
        Json.object()
            .add("agent_id", TwinNames.AGENT)
            .add("direction", "inbound")
            .add("from_number", fields.get("From"))
            .add("to_number", fields.get("To"))
            .add("metadata", Json.object().add("twilio_call_sid", fields.get("CallSid")))
            .build();
    return register(body)
        .map(
            id ->
                "<Dial answerOnBridge=\"true\" timeout=\"25\" action=\"dial_ended?rung=0\">"
                    + "<Sip>sip:"
                    + id
                    + "@sip.retellai.com;transport=tcp</Sip></Dial>")
        .map(TinyBridge::twiml)
        .orElseGet(() -> rung(0));
  }

  private Optional<String> register(JsonObject body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(twin.retellApi() + "/v2/register-phone-call"))
            .header("Authorization", "Bearer " + TwinNames.RETELL_KEYS.api())
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(8))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 201
          ? Json.parseObject(response.body()).map(json -> json.getString("call_id"))
          : Optional.empty();
    } catch (IOException failed) {
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Reply ended(Request request, Fields fields) {
    String outcome = fields.first("DialCallStatus").orElse(fields.get("QueueResult"));
    return outcome.equals("completed") || outcome.equals("bridged")
        ? twiml("<Hangup/>")
        : rung(Integer.parseInt(request.query().get("rung")));
  }

  private Reply rung(int number) {
    String rung = number < ladder.size() ? ladder.get(number) : "<Say>Please call again.</Say>";
    return twiml(rung.replace("$action", "action=\"dial_ended?rung=" + (number + 1) + "\""));
  }

  static Reply twiml(String verbs) {
    return Reply.text(
        200,
        "text/xml; charset=UTF-8",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>" + verbs + "</Response>");
  }

  @Override
  public void close() {
    server.close();
  }
}
