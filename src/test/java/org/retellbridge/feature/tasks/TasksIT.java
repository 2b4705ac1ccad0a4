package org.retellbridge.feature.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.twilio.CreatedTask;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** The agent, or Studio, leaves a task for people, against the packaged WAR. */
class TasksIT extends DeployedBridge {
  private static final String SID = "CA0000000000000000000000000000000e";
  private static final String OTHER_SID = "CA0000000000000000000000000000000f";
  private static final String LOST_SID = "CA00000000000000000000000000000010";
  private static final String SILENT_SID = "CA00000000000000000000000000000011";

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "TWILIO_API_KEY_SID", TwinNames.ACCOUNT.keySid(),
            "TWILIO_API_KEY_SECRET", TwinNames.ACCOUNT.keySecret()));
  }

  @Test
  void createsATaskWithTheWordsAndTheWayBackToTheCall() {
    AgentCall agent = agent();
    agent.hears("My card number is 4111");
    ToolAnswer answer =
        agent.callFunction(
            twin.publicUrl("/create_task?task_type=voice"),
            "call_back",
            Map.of("Summary", "Wants a refund", "order-id", "7", "call_id", "call_forged"));

    CreatedTask task = task();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(Json.object().add("status", "created").add("taskSid", task.sid()).build());
    assertThat(task.workspaceSid()).isEqualTo(TwinNames.WORKSPACE);
    assertThat(task.workflowSid()).isEqualTo(TwinNames.WORKFLOW);
    assertThat(task.channel()).isEqualTo("voice");
    assertThat(task.attributes())
        .containsEntry("summary", Json.string("Wants a refund"))
        .doesNotContainKey("Summary")
        .containsEntry("order_id", Json.string("7"))
        .containsEntry("task_type", Json.string("voice"))
        .containsEntry("twilio_call_sid", Json.string(SID))
        .containsEntry("from_number", Json.string(TwinNames.CALLER))
        .containsEntry("direction", Json.string("inbound"));
    assertThat(task.attributes().getString("call_id")).isEqualTo(agent.callId());
    assertThat(task.attributes().toString()).doesNotContain("card number", "transcript", "-id");
  }

  @Test
  void takesTheTaskTypeFromTheArgumentsWhenTheUrlNamesNone() {
    create("/create_task", Map.of("task_type", "voice"));
    assertThat(task().channel()).isEqualTo("voice");
  }

  @Test
  void takesTheUrlsTaskTypeBeforeTheModels() {
    create("/create_task?task_type=voice", Map.of("task_type", "default"));
    assertThat(task().channel()).isEqualTo("voice");
  }

  @Test
  void saysThatTheTaskTypeIsMissingAsTheOriginalDid() {
    ToolAnswer answer = create("/create_task", Map.of("summary", "x"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json())
        .isEqualTo(
            Json.object().add("status", "error").add("message", "Missing task type").build());
  }

  @Test
  void createsOneTaskHoweverOftenTheModelAsks() {
    AgentCall agent = agent();
    for (int i = 0; i < 3; i++) {
      agent.callFunction(
          twin.publicUrl("/create_task?task_type=voice"), "t", Map.of("summary", "x"));
    }
    assertThat(twin.twilio().tasks()).hasSize(1);
  }

  /** What it says meanwhile it words anew each time. */
  @Test
  void createsOneTaskWhateverTheModelSaysMeanwhile() {
    AgentCall agent = agent();
    for (String words : List.of("One moment.", "I am writing that down.")) {
      agent.callFunction(
          ToolCall.of(
                  twin.publicUrl("/create_task?task_type=voice"),
                  "t",
                  Json.strings(Map.of("summary", "call back")))
              .speaks(words));
    }
    assertThat(task().attributes())
        .containsEntry("summary", Json.string("call back"))
        .doesNotContainKey("execution_message");
  }

  @Test
  void readsArgumentsThatStandBesideTheCall() {
    AgentCall agent = agent();
    agent.callFunction(
        ToolCall.of(
                twin.publicUrl("/create_task"),
                "t",
                Json.strings(Map.of("task_type", "voice", "summary", "call back")))
            .speaks("One moment.")
            .besideTheCall());

    assertThat(task().channel()).isEqualTo("voice");
    assertThat(task().attributes())
        .containsEntry("summary", Json.string("call back"))
        .containsEntry("call_id", Json.string(agent.callId()))
        .doesNotContainKeys("call", "execution_message");
  }

  @Test
  void takesAFormThatTwilioSigned() {
    Exchange answer =
        twin.twilio()
            .webhook()
            .post(
                twin.publicUrl("/create_task"),
                Fields.of("task_type", "voice", "CallSid", SID, "summary", "a+b é"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("taskSid")).isEqualTo(task().sid());
    assertThat(task().attributes())
        .containsEntry("CallSid", Json.string(SID))
        .containsEntry("summary", Json.string("a+b é"));
  }

  /** What the flow says of the caller is the flow's, and what the model says is nobody's. */
  @Test
  void tellsAPersonACallerOfTheFlowsAndNeverOneOfTheModels() {
    twin.twilio()
        .webhook()
        .post(
            twin.publicUrl("/create_task"),
            Fields.of("task_type", "voice", "caller", "+61491570999", "direction", "inbound"));
    assertThat(task().attributes())
        .containsEntry("caller", Json.string("+61491570999"))
        .containsEntry("direction", Json.string("inbound"));

    AgentCall withheld =
        twin.retell().talk(CallSpec.phone(TwinNames.AGENT, "anonymous", TwinNames.NUMBER));
    withheld.callFunction(
        twin.publicUrl("/create_task?task_type=voice"),
        "t",
        Map.of("Caller", "+61491570999", "summary", "call back"));
    assertThat(twin.twilio().tasks()).hasSize(2);
    assertThat(twin.twilio().tasks().get(1).attributes())
        .containsEntry("summary", Json.string("call back"))
        .doesNotContainKeys("caller", "Caller");
  }

  @Test
  void createsOneTaskOfTheSameWordsInACallThatTwilioNames() {
    for (String call : new String[] {SID, SID, OTHER_SID}) {
      Exchange answer =
          twin.twilio()
              .webhook()
              .post(
                  twin.publicUrl("/create_task"),
                  Fields.of("task_type", "voice", "CallSid", call, "summary", "call back"));
      assertThat(answer.json().getString("status")).isEqualTo("created");
    }
    assertThat(twin.twilio().tasks())
        .extracting(task -> task.attributes().getString("CallSid"))
        .containsExactly(SID, OTHER_SID);
  }

  @Test
  void takesJsonThatTwilioSignedForEachCaller() {
    for (int i = 0; i < 2; i++) {
      Exchange answer =
          twin.twilio()
              .webhook()
              .postJson(
                  twin.publicUrl("/create_task?task_type=voice"), "{\"summary\":\"call back\"}");
      assertThat(answer.json().getString("status")).isEqualTo("created");
    }
    assertThat(twin.twilio().tasks()).as("two requests are two tasks").hasSize(2);
  }

  @Test
  void takesAFlowsFieldsThatAreNamedAsRetellsForAttributes() {
    Exchange answer =
        twin.twilio()
            .webhook()
            .postJson(
                twin.publicUrl("/create_task"),
                "{\"task_type\":\"voice\",\"name\":\"Mia\",\"args\":{\"reason\":\"refund\"},"
                    + "\"call\":{\"sid\":\"x\",\"transcript\":\"theirs\"}}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(task().attributes())
        .containsEntry("name", Json.string("Mia"))
        .containsEntry("args", Json.object().add("reason", "refund").build())
        .containsEntry("call", Json.object().add("sid", "x").add("transcript", "theirs").build());
  }

  @Test
  void wantsExactlyOneGoodSignature() {
    Fields form = Fields.of("task_type", "voice");
    String url = twin.publicUrl("/create_task");
    assertThat(twin.twilio().webhook().signedWith("").post(url, form).status()).isEqualTo(403);
    assertThat(twin.twilio().webhook().signedWith("wrong").post(url, form).status()).isEqualTo(403);
    ToolCall both =
        ToolCall.of(url, "t", Json.strings(Map.of("task_type", "voice")))
            .header("X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertThat(agent().callFunction(both).status()).isEqualTo(403);
    ToolCall forged =
        ToolCall.of(url, "t", Json.strings(Map.of("task_type", "voice"))).signedWith("key_other");
    assertThat(agent().callFunction(forged).status()).isEqualTo(403);
    assertThat(twin.twilio().requests().total()).isZero();
  }

  /** Without a sort of task it would be refused. */
  @Test
  void asksTheModelForTheSortOfTask() {
    JsonObject tool =
        JsonText.parse(operate("/functions").body()).orElseThrow().asJsonArray().stream()
            .map(JsonValue::asJsonObject)
            .filter(it -> it.getString("name").equals("create_task"))
            .findFirst()
            .orElseThrow();

    assertThat(tool.getJsonObject("parameters").getJsonArray("required"))
        .containsExactly(Json.string("task_type"));
  }

  @Test
  void createsNoTaskFromABrowser() {
    AgentCall web = twin.retell().talk(CallSpec.web(TwinNames.AGENT));
    ToolAnswer answer =
        web.callFunction(twin.publicUrl("/create_task?task_type=voice"), "t", Map.of());
    assertThat(message(answer)).contains("telephone call");
    assertThat(twin.twilio().requests().total()).isZero();
  }

  @Test
  void createsNoTaskFromAChat() {
    JsonObject chat =
        Json.object()
            .add("name", "t")
            .add("chat", Json.object().add("chat_id", "chat_1"))
            .add("args", Json.object())
            .build();
    String url = twin.publicUrl("/create_task?task_type=voice");
    ToolAnswer answer = agent().callFunction(ToolCall.of(url, "t", chat).argsOnly());
    assertThat(message(answer)).contains("telephone call");
    assertThat(twin.twilio().requests().total()).isZero();
  }

  @Test
  void saysWhatTwilioRefused() {
    assertThat(message(create("/create_task?task_type=pizza", Map.of())))
        .contains("did not take the task");
    assertThat(message(create("/create_task?task_type=a/../b", Map.of())))
        .contains("no such sort of task");
    assertThat(message(create("/create_task?task_type=null", Map.of())))
        .contains("no such sort of task");
    assertThat(twin.twilio().requests().total()).isEqualTo(1);
  }

  @Test
  void createsNothingTwiceWhenTwilioDoesNotSayWhetherItActed() {
    twin.twilio().faults().next(Fault.status(503).afterItActed());
    assertThat(message(create("/create_task?task_type=voice", Map.of())))
        .contains("did not say whether it worked");
    assertThat(twin.twilio().tasks()).hasSize(1);
  }

  /** Its widget goes by the status alone: with 200 the flow would promise a task. */
  @Test
  void tellsAFlowByTheStatusThatThereIsNoTask() {
    Exchange unknown = flow("/create_task?task_type=pizza");
    assertThat(unknown.status()).isEqualTo(500);
    assertThat(unknown.json().getString("status")).isEqualTo("failed");
    assertThat(unknown.json().getString("message")).contains("did not take the task");

    Exchange wrong = flow("/create_task?task_type=a/../b");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().getString("message")).contains("no such sort of task");
    assertThat(flow("/create_task").status()).isEqualTo(400);
  }

  @Test
  void tellsAFlowAgainByTheStatusThatNobodyKnowsOfItsTask() {
    twin.twilio().faults().next(Fault.status(503).afterItActed());
    for (int i = 0; i < 2; i++) {
      Exchange answer = flow("/create_task?task_type=voice");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.json().getString("message")).contains("did not say whether it worked");
    }
    assertThat(twin.twilio().tasks()).hasSize(1);
  }

  private static Exchange flow(String path) {
    return twin.twilio()
        .webhook()
        .post(twin.publicUrl(path), Fields.of("CallSid", SILENT_SID, "summary", path));
  }

  /** Whoever looks for what nobody knows has the CallSid. */
  @Test
  void namesTheCallOfATaskOfWhichStudioNeverHeard() {
    twin.twilio().faults().next(Fault.cutAfterActing());
    String before = BridgeUnderTest.serverLog();
    Exchange answer =
        twin.twilio()
            .webhook()
            .post(
                twin.publicUrl("/create_task"),
                Fields.of("task_type", "voice", "CallSid", LOST_SID, "summary", "call back"));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().getString("message")).contains("did not say whether it worked");
    assertThat(
            BridgeUnderTest.loggedSince(before, "function /create_task name=- callSid=" + LOST_SID))
        .contains(LOST_SID + " callId=-");
  }

  private static AgentCall agent() {
    return twin.retell()
        .talk(
            CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER)
                .metadata(Map.of("twilio_call_sid", SID)));
  }

  private static ToolAnswer create(String path, Map<String, String> arguments) {
    return agent().callFunction(twin.publicUrl(path), "create_task", arguments);
  }

  private static CreatedTask task() {
    assertThat(twin.twilio().tasks()).hasSize(1);
    return twin.twilio().tasks().get(0);
  }

  private static String message(ToolAnswer answer) {
    JsonObject json = answer.json();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json.getString("status")).isEqualTo("failed");
    return json.getString("message");
  }
}
