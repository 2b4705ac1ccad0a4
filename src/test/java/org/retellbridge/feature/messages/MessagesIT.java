package org.retellbridge.feature.messages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.SentMessage;
import org.retellbridge.twin.twilio.TwilioTwin;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.FaultRule;
import org.retellbridge.twin.wire.Json;

/** The agent texts the caller, against the packaged WAR. */
class MessagesIT extends DeployedBridge {
  private static final int IN_A_CALL = 2;
  private static final int A_DAY = 40;

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "SMS_PER_CALL",
            Integer.toString(IN_A_CALL),
            "SMS_PER_NUMBER_A_DAY",
            Integer.toString(A_DAY)));
  }

  @Test
  void textsTheCallerOfARealCall() {
    LiveCall call = twin.twilio().openCall(call());
    ToolAnswer answer = send(call.awaitAgent(), "Your order 7 is on its way: é 😀 & <b>");
    call.hangUp();

    SentMessage sent = twin.twilio().messages().get(0);
    assertThat(sent.to()).isEqualTo(TwinNames.CALLER);
    assertThat(sent.from()).isEqualTo(TwinNames.NUMBER);
    assertThat(sent.body()).isEqualTo("Your order 7 is on its way: é 😀 & <b>");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(
            Json.object()
                .add("status", "sent")
                .add("message", "SMS sent successfully")
                .add("sid", sent.sid())
                .build());
  }

  @Test
  void textsOnceHoweverOftenTheModelSaysIt() {
    AgentCall agent = agent();
    double done = took("done");
    double repeated = took("repeated");
    double repeats = measured("bridge_repeats_total", "what=\"send_sms\"");
    ToolAnswer first = send(agent, "Hi");
    ToolAnswer again = send(agent, "Hi");

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(twin.twilio().messages()).hasSize(1);
    assertThat(took("done")).isEqualTo(done + 1);
    assertThat(took("repeated")).isEqualTo(repeated + 1);
    assertThat(measured("bridge_repeats_total", "what=\"send_sms\"")).isEqualTo(repeats + 1);
  }

  /** How many durations of this outcome were measured. */
  private double took(String outcome) {
    return measured(
        "bridge_function_duration_seconds_count",
        "function=\"/send_sms\"",
        "outcome=\"" + outcome + "\"");
  }

  @Test
  void textsOnceWhateverElseTheModelSaysBesides() {
    AgentCall agent = agent();
    ToolAnswer first = send(agent, "Hi");
    ToolAnswer again =
        agent.callFunction(
            twin.publicUrl("/send_sms"),
            "send_sms",
            Map.of("message", "Hi", "to", TwinNames.HUMAN));

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(twin.twilio().messages()).hasSize(1);
  }

  @Test
  void textsOnlySoOftenInACallEvenAtTheSameMoment() {
    AgentCall agent = agent();
    List<String> answers =
        IntStream.range(0, 6)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> send(agent, "Text " + i).json()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(json -> json.getString("status"))
            .toList();

    assertThat(answers).containsOnly("sent", "failed");
    assertThat(twin.twilio().messages()).hasSize(2);
    assertThat(message(send(agent, "One more"))).contains("No more text messages");
    assertThat(send(agent(), "Another call").json().getString("status")).isEqualTo("sent");
  }

  /** Of a forged number somebody else gets the texts, and each call has some of its own. */
  @Test
  void textsANumberOnlySoOftenInADayWhateverTheCalls() {
    LocalDate day = today();
    try {
      textsOnlySoOften("+61491570998");
    } catch (AssertionError e) {
      if (today().equals(day)) {
        throw e;
      }
      // At midnight a number may have as many once more.
      textsOnlySoOften("+61491570997");
    }
  }

  private static void textsOnlySoOften(String victim) {
    List<String> answers =
        IntStream.range(0, A_DAY + 2)
            .mapToObj(i -> send(agent(victim), "Your code is 1").json().getString("status"))
            .toList();

    assertThat(answers.subList(0, A_DAY)).containsOnly("sent");
    assertThat(answers.subList(A_DAY, A_DAY + 2)).containsOnly("failed");
    assertThat(textsTo(victim)).hasSize(A_DAY);
    AgentCall another = agent();
    assertThat(send(another, "Another number").json().getString("status")).isEqualTo("sent");
    AgentCall last = agent(victim);
    for (int i = 0; i <= IN_A_CALL; i++) {
      assertThat(message(send(last, "Once more, " + i)))
          .as("none of the call's is taken for it")
          .contains("to this number today");
    }
  }

  /** The day at whose end the bridge counts anew. */
  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  private static List<SentMessage> textsTo(String number) {
    return twin.twilio().messages().stream().filter(sms -> sms.to().equals(number)).toList();
  }

  /** More of them than the number may have in a day. */
  @Test
  void givesANumberBackWhatTwilioRefused() {
    String refusing = "+61491570996";
    twin.twilio().refuseMessagesTo(refusing, 21408);
    AgentCall agent = agent(refusing);
    for (int i = 0; i <= A_DAY; i++) {
      assertThat(message(send(agent, "Text " + i))).contains("country");
    }
    twin.twilio().takeMessagesTo(refusing);
    assertThat(send(agent, "At last").json().getString("status")).isEqualTo("sent");
  }

  @Test
  void countsNoTextThatTwilioRefused() {
    twin.twilio().optOut(TwinNames.CALLER);
    AgentCall agent = agent();
    for (int i = 0; i < 3; i++) {
      assertThat(message(send(agent, "Text " + i))).contains("unsubscribed");
    }
    assertThat(twin.twilio().requests().count("/Messages.json")).isEqualTo(3);
  }

  /** Asked twice each time, and nothing happened. */
  @Test
  void countsNoTextThatTwilioWasTooBusyFor() {
    twin.twilio().faults().add(FaultRule.of(Fault.status(429)).times(4));
    AgentCall agent = agent();
    for (int i = 0; i < 2; i++) {
      assertThat(message(send(agent, "Text " + i))).contains("cannot be reached right now");
    }
    assertThat(send(agent, "Text 3").json().getString("status")).isEqualTo("sent");
  }

  @ParameterizedTest
  @CsvSource({
    "21614,not a mobile phone",
    "21408,country",
    "21612,cannot be reached",
    "21699,did not take"
  })
  void saysInWordsWhatTwilioRefused(int code, String words) {
    twin.twilio().refuseMessagesTo(TwinNames.CALLER, code);
    assertThat(message(send(agent(), "Hi"))).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client:bob", "sip:bob@example.com", "anonymous", "+266696687", ""})
  void asksNobodyForACallerWithoutATelephone(String from) {
    AgentCall agent = twin.retell().talk(CallSpec.phone(TwinNames.AGENT, from, TwinNames.NUMBER));
    assertThat(message(send(agent, "Hi"))).contains("no number of the caller");
    assertThat(twin.twilio().requests().total()).isZero();
  }

  @Test
  void believesNoBrowser() {
    AgentCall web =
        twin.retell()
            .talk(
                CallSpec.web(TwinNames.AGENT)
                    .metadata(Map.of("from_number", TwinNames.HUMAN))
                    .variables(Map.of("from_number", TwinNames.HUMAN)));
    assertThat(message(send(web, "Hi"))).contains("no number of the caller");
    assertThat(twin.twilio().requests().total()).isZero();
  }

  @Test
  void textsTheCallerWhateverTheModelWrites() {
    agent()
        .callFunction(
            twin.publicUrl("/send_sms"),
            "text",
            Map.of("MESSAGE", "Hi", "to", TwinNames.HUMAN, "from_number", TwinNames.HUMAN));
    assertThat(twin.twilio().messages())
        .singleElement()
        .extracting(SentMessage::to)
        .isEqualTo(TwinNames.CALLER);
  }

  @Test
  void wantsATextOfAtMostSixteenHundredCharacters() {
    AgentCall agent = agent();
    assertThat(message(send(agent, " "))).isEqualTo("The message is missing.");
    assertThat(message(send(agent, "x".repeat(1601))))
        .isEqualTo("The message is longer than 1600 characters.");
    assertThat(message(send(agent, "null"))).isEqualTo("There is no text to send.");
    assertThat(twin.twilio().requests().total()).isZero();
    assertThat(send(agent, "x".repeat(1600)).json().getString("status")).isEqualTo("sent");
  }

  @Test
  void sendsNoBraces() {
    ToolAnswer answer =
        agent()
            .callFunction(
                twin.publicUrl("/send_sms"),
                "send_sms",
                Json.object().add("message", Json.object().add("text", "Hi")).build());
    assertThat(message(answer)).isEqualTo("The message must be a text.");
    assertThat(twin.twilio().requests().total()).isZero();
  }

  @Test
  void findsTheCallerOfAnArgsOnlyBodyByTheCallItRegistered() {
    LiveCall call = twin.twilio().openCall(call());
    call.awaitAgent()
        .callFunction(
            ToolCall.of(
                    twin.publicUrl("/send_sms?call_id={{call_id}}"),
                    "send_sms",
                    Json.strings(Map.of("message", "Hi")))
                .argsOnly());
    call.hangUp();
    assertThat(twin.twilio().messages()).hasSize(1);
  }

  @Test
  void sendsNothingTwiceWhenTwilioDoesNotSayWhetherItActed() {
    twin.twilio().faults().always(Fault.cutAfterActing());
    AgentCall agent = agent();
    assertThat(message(send(agent, "Hi"))).contains("did not say whether it worked");
    twin.twilio().faults().clear();
    assertThat(message(send(agent, "Hi"))).contains("did not say whether it worked");
    assertThat(twin.twilio().messages()).hasSize(1);
  }

  /** On a busy machine the function's limit may come before that of the request to Twilio. */
  @Test
  void answersWithinTheBudgetWhenTwilioIsSilent() {
    AgentCall agent = agent();
    twin.twilio().faults().always(Fault.silent());
    long start = System.nanoTime();
    assertThat(message(send(agent, "Hi")))
        .containsPattern("did not say whether it worked|not certain that it worked");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(twin.twilio().requests().total()).isEqualTo(1);
  }

  @Test
  void asksAgainOnlyWhenTwilioWasTooBusy() {
    twin.twilio().faults().next(TwilioTwin.refusal(429, 20429, "Too many requests"));
    assertThat(send(agent(), "Hi").json().getString("status")).isEqualTo("sent");
    assertThat(twin.twilio().requests().total()).isEqualTo(2);
  }

  @Test
  void isOfferedAsATool() {
    assertThat(operate("/functions").body())
        .contains("\"name\":\"send_sms\"")
        .contains("https://bridge.example.test/voice/send_sms")
        .contains("\"required\":[\"message\"]")
        .contains("\"maxLength\":1600");
  }

  @Test
  void keepsNumbersAndTextsOutOfTheLog() {
    twin.twilio().optOut(TwinNames.CALLER);
    String before = BridgeUnderTest.serverLog();
    send(agent(), "extraordinarily private");
    assertThat(BridgeUnderTest.loggedSince(before, "function /send_sms "))
        .contains(", twilio refused it: code 21610 (HTTP 400) request ")
        .doesNotContain(TwinNames.CALLER.substring(1), "extraordinarily private");
  }

  private static AgentCall agent() {
    return agent(TwinNames.CALLER);
  }

  private static AgentCall agent(String caller) {
    return twin.retell().talk(CallSpec.phone(TwinNames.AGENT, caller, TwinNames.NUMBER));
  }

  private static ToolAnswer send(AgentCall agent, String message) {
    return agent.callFunction(twin.publicUrl("/send_sms"), "send_sms", Map.of("message", message));
  }

  private static String message(ToolAnswer answer) {
    JsonObject json = answer.json();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json.getString("status")).isEqualTo("failed");
    return json.getString("message");
  }
}
