package org.retellbridge.portability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.example.tools.CarefulResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.twilio.TwilioSignature;
import org.retellbridge.twin.wire.Fields;

/** What vendors are answered, whichever way their request takes to its resource. */
abstract class EitherWay extends DeployedBridge {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  static WebArchive bridge(Map<String, String> settings) {
    return BridgeUnderTest.with(settings)
        .addAsLibrary(
            ShrinkWrap.create(JavaArchive.class, "careful-tools.jar")
                .addClasses(CarefulResource.class, CarefulResource.Clerk.class));
  }

  @Test
  void connectsACall() {
    HttpResponse<String> answer = twilio("POST", "/start", aCall());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<Sip>sip:call_");
    assertHeaders(answer, "text/xml;charset=UTF-8", "no-store");
  }

  @Test
  void connectsACallThatIsAskedForByGet() {
    HttpResponse<String> answer = twilio("GET", "/start", aCall());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<Sip>sip:call_");
    assertHeaders(answer, "text/xml;charset=UTF-8", "no-store");
  }

  @Test
  void endsALeg() {
    HttpResponse<String> answer =
        twilio("POST", "/dial_ended?rung=0", aCall().add("DialCallStatus", "completed"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<Hangup");
    assertHeaders(answer, "text/xml;charset=UTF-8", "no-store");
  }

  @Test
  void playsToACallerWhoWaits() {
    HttpResponse<String> answer = twilio("POST", "/hold?since=1", aCall().add("QueueTime", "0"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<Play>");
    assertHeaders(answer, "text/xml;charset=UTF-8", "no-store");
  }

  @Test
  void takesAnEvent() {
    HttpResponse<String> answer =
        retell(
            "/retell/events",
            JSON,
            "{\"event\":\"call_started\",\"call\":{\"call_id\":\"call_" + hex() + "\"}}");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
  }

  @Test
  void saysThatAnEventIsNone() {
    HttpResponse<String> answer = retell("/retell/events", JSON, "[]");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"status\":400,\"title\":\"The body is not a JSON object with an event\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  @ParameterizedTest
  @CsvSource({"application/json", "text/plain", "application/json; charset=utf-8", "nonsense"})
  void answersAFunctionWhateverItsBodyIsCalled(String type) {
    HttpResponse<String> answer = retell("/anything", type, function());

    assertThat(answer.statusCode()).isEqualTo("nonsense".equals(type) ? strange() : 200);
    if (answer.statusCode() == 200) {
      assertThat(answer.body()).isEqualTo("{\"status\":\"täken\"}");
      assertHeaders(answer, JSON, "no-store");
    }
  }

  /** What becomes of a media type that is none. */
  abstract int strange();

  @ParameterizedTest
  @CsvSource({"/start, POST", "/start, GET", "/dial_ended, POST", "/hold, POST"})
  void refusesWhatTwilioDidNotSign(String path, String verb) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(local(path))
                .header("Content-Type", FORM)
                .method(verb, HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"status\":403,\"title\":\"Signature missing\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  @ParameterizedTest
  @CsvSource({"/lookup", "/send_sms", "/redirect", "/retell/events", "/json_only"})
  void refusesWhatRetellDidNotSign(String path) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(local(path))
                .header("Content-Type", JSON)
                .header("X-Retell-Signature", "v=1,d=" + "0".repeat(64))
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"title\":\"Signature ");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  @ParameterizedTest
  @CsvSource({"''", "[]", "{"})
  void saysThatAFunctionsBodyIsNone(String body) {
    HttpResponse<String> answer = retell("/lookup", JSON, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"status\":400,\"title\":\"Bad Request\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  @ParameterizedTest
  @CsvSource({
    "/start, PUT",
    "/start, DELETE",
    "/lookup, GET",
    "/retell/events, GET",
    "/json_only, GET"
  })
  void knowsItsVerbs(String path, String verb) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(local(path)).method(verb, HttpRequest.BodyPublishers.noBody());

    assertThat(send(request).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @MethodSource("otherPaths")
  void knowsItsExactPaths(String path) {
    assertThat(twilio("POST", path, aCall()).statusCode()).isEqualTo(404);
  }

  static Stream<String> otherPaths() {
    return Stream.of("/start/", "/Start", "//start", "/start;a=b", "/st%61rt", "/starts");
  }

  @Test
  void tellsOfAFaultNothingButAnId() {
    HttpResponse<String> answer = retell("/broken", JSON, function());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .matches(
            "\\{\"status\":500,\"title\":\"Internal Server Error\","
                + "\"instance\":\"urn:uuid:[0-9a-f-]{36}\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  /** Only Jakarta REST's runtime knows what {@code @Consumes} means. */
  @Test
  void leavesToJakartaRestWhatAsksForMoreOfIt() {
    assertThat(retell("/json_only", JSON, function()).body()).contains("taken");
    assertThat(retell("/json_only", "text/plain", function()).statusCode()).isEqualTo(415);
  }

  @Test
  void takesATaskThatTwilioSigned() {
    HttpResponse<String> answer = twilio("POST", "/create_task", aTask());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"status\":\"created\",\"taskSid\":\"WT");
    assertHeaders(answer, JSON, "no-store");
  }

  @Test
  void takesATaskThatTwilioSignedAsJson() {
    String body = "{\"task_type\":\"default\",\"summary\":\"" + hex() + "\"}";
    String there = "/create_task?bodySHA256=" + TwilioSignature.bodySha256(body.getBytes(UTF_8));
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(local(there))
                .header("Content-Type", JSON)
                .header("X-Twilio-Signature", twilioSignature(there, new Fields()))
                .POST(HttpRequest.BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"status\":\"created\",\"taskSid\":\"WT");
  }

  @Test
  void refusesATaskThatBothHaveSigned() {
    Fields task = aTask();
    HttpResponse<String> answer =
        send(
            aForm("/create_task", task)
                .header("X-Twilio-Signature", twilioSignature("/create_task", task))
                .header("X-Retell-Signature", retellSignature(task.encoded())));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  @Test
  void refusesATaskThatNobodySigned() {
    HttpResponse<String> answer = send(aForm("/create_task", aTask()));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
  }

  private static Fields aTask() {
    return Fields.of("task_type", "default", "summary", hex());
  }

  private HttpRequest.Builder aForm(String path, Fields fields) {
    return HttpRequest.newBuilder(local(path))
        .header("Content-Type", FORM)
        .POST(HttpRequest.BodyPublishers.ofString(fields.encoded()));
  }

  private static void assertHeaders(HttpResponse<String> answer, String type, String cache) {
    assertThat(answer.headers().allValues("Content-Type")).containsExactly(type);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly(cache);
    assertThat(answer.headers().firstValueAsLong("Content-Length"))
        .hasValue(answer.body().getBytes(UTF_8).length);
  }

  private static Fields aCall() {
    return Fields.of("CallSid", "CA" + hex(), "From", TwinNames.CALLER, "To", TwinNames.NUMBER);
  }

  private static String function() {
    return "{\"name\":\"x\",\"args\":{\"a\":\"" + hex() + "\"}}";
  }

  private HttpResponse<String> twilio(String verb, String path, Fields fields) {
    boolean get = verb.equals("GET");
    String there = get ? path + "?" + fields.encoded() : path;
    HttpRequest.Builder request =
        get ? HttpRequest.newBuilder(local(there)).GET() : aForm(there, fields);
    String signature = twilioSignature(there, get ? new Fields() : fields);
    return send(request.header("X-Twilio-Signature", signature));
  }

  private static String twilioSignature(String there, Fields fields) {
    return TwilioSignature.of(TwinNames.ACCOUNT.authToken(), twin.publicUrl(there), fields);
  }

  private static String retellSignature(String body) {
    return RetellSignature.of(
        TwinNames.RETELL_KEYS.webhook(), body.getBytes(UTF_8), System.currentTimeMillis());
  }

  private HttpResponse<String> retell(String path, String type, String body) {
    return send(
        HttpRequest.newBuilder(local(path))
            .header("Content-Type", type)
            .header("X-Retell-Signature", retellSignature(body))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String hex() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
