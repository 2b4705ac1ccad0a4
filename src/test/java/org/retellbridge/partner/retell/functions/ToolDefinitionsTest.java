package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.retellbridge.Logged;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.TestSettings;

class ToolDefinitionsTest {
  private static final URI BASE = URI.create("https://b.example/voice");

  @Test
  void offersEachFunctionUnderItsNameAndTheEventsUnderTheirs() {
    assertThat(offered("order_a,order_b", Messages.class, Events.class))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "send_sms", BASE + "/send_sms",
                "order_a", BASE + "/add_event",
                "order_b", BASE + "/add_event"));
    assertThat(troubles("order_a,order_b", Messages.class, Events.class)).isEmpty();
  }

  @Test
  void hidesNoFunctionBehindTheNameOfAnEvent() {
    assertThat(offered("send_sms,order", Messages.class, Events.class))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("send_sms", BASE + "/send_sms", "order", BASE + "/add_event"));
    assertThat(troubles("send_sms,order", Messages.class, Events.class))
        .singleElement()
        .asString()
        .startsWith("WARNING")
        .contains("/add_event as send_sms", "the name of /send_sms");
  }

  @Test
  void tellsOperatorsOfANameThatTwoHave() {
    assertThat(offered("order", Messages.class, Others.class))
        .containsEntry("send_sms", BASE + "/other/sms");
    assertThat(troubles("order", Messages.class, Others.class))
        .anySatisfy(line -> assertThat(line).contains("/send_sms as send_sms", "/other/sms"));
  }

  /** Retell would refuse the whole list. */
  @Test
  void leavesOutWhatRetellDoesNotTakeForAName() {
    assertThat(offered("order", Others.class)).containsOnlyKeys("send_sms");
    assertThat(troubles("order", Others.class))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("/other/nameless,"))
        .anySatisfy(line -> assertThat(line).contains("/other/long,"))
        .anySatisfy(line -> assertThat(line).contains("/other/spoken,", "tell me"));
  }

  /** Retell repeats a 404 too, and the caller hears nothing meanwhile. */
  @Test
  void letsRetellRepeatNothing() {
    assertThat(tools("order", Messages.class, Events.class, Transfers.class).all(BASE))
        .hasSize(4)
        .allSatisfy(tool -> assertThat(tool.asJsonObject().getInt("max_retry")).isZero());
  }

  /**
   * A sentence of the bridge's own would be in one language, and cut off where it moves at once.
   */
  @Test
  void letsTheModelSayWhatHappensAndGivesItTheTimeFor() {
    JsonObject transfer = tools("order", Transfers.class).all(BASE).getJsonObject(1);
    assertThat(transfer.getString("url")).isEqualTo(BASE + "/transfer?delay=2000");
    assertThat(transfer.getInt("timeout_ms")).isEqualTo(17_000);
    assertThat(transfer.getBoolean("speak_during_execution")).isTrue();
    assertThat(transfer.getString("execution_message_type")).isEqualTo("prompt");
    assertThat(transfer.getString("execution_message_description")).isEqualTo("Say it.");

    JsonObject message = tools("order", Messages.class).all(BASE).getJsonObject(0);
    assertThat(message.getString("url")).isEqualTo(BASE + "/send_sms");
    assertThat(message.getInt("timeout_ms")).isEqualTo(15_000);
    assertThat(message.getBoolean("speak_during_execution")).isFalse();
    assertThat(message).doesNotContainKey("execution_message_type");
  }

  /** What Retell is told of a function: each word of it changes how the agent uses it. */
  @Test
  void tellsRetellAllOfAFunction() {
    assertThat(tools("order", Orders.class).all(BASE))
        .containsExactly(
            JsonText.parseObject(
                    """
                    {
                      "type": "custom",
                      "name": "order_status",
                      "description": "Tells where an order is.",
                      "url": "https://b.example/voice/order_status",
                      "method": "POST",
                      "args_at_root": false,
                      "timeout_ms": 15000,
                      "max_retry": 0,
                      "speak_during_execution": true,
                      "speak_after_execution": true,
                      "parameters": {
                        "type": "object",
                        "properties": {
                          "number": {"type": "string", "description": "As on the bill"},
                          "urgent": {"type": "boolean"}
                        },
                        "required": ["number"]
                      },
                      "execution_message_type": "prompt",
                      "execution_message_description": "Say that you look."
                    }
                    """)
                .orElseThrow());
  }

  private static Map<String, String> offered(String events, Class<?>... resources) {
    return tools(events, resources).all(BASE).getValuesAs(JsonObject.class).stream()
        .collect(Collectors.toMap(tool -> tool.getString("name"), tool -> tool.getString("url")));
  }

  private static List<String> troubles(String events, Class<?>... resources) {
    try (Logged log = Logged.by(ToolDefinitions.class)) {
      tools(events, resources).start(new Object());
      return log.lines();
    }
  }

  private static ToolDefinitions tools(String events, Class<?>... resources) {
    return new ToolDefinitions(Set.of(resources), TestSettings.of("EVENT_FUNCTIONS", events));
  }

  /** One that says all it can. */
  @Path("/")
  public static final class Orders {
    @Path("/order_status")
    @RetellFunction(
        name = "order_status",
        description = "Tells where an order is.",
        arguments = Asked.class,
        speakMeanwhile = "Say that you look.")
    public void status() {}

    record Asked(@NotNull @Argument("As on the bill") String number, Boolean urgent) {}
  }

  /** As the bridge's own. */
  @Path("/")
  public static final class Messages {
    @Path("/send_sms")
    @RetellFunction(name = "send_sms")
    public void send() {}
  }

  /** One that speaks while it waits. */
  @Path("/")
  public static final class Transfers {
    @Path("/transfer")
    @RetellFunction(name = "transfer", speakMeanwhile = "Say it.", offeredDelay = 2000)
    public void transfer() {}

    @Path("/status")
    @RetellFunction(name = "status", effect = RetellFunction.Effect.NONE)
    public void status() {}
  }

  /** Two paths for the same events. */
  @Path("/")
  public static final class Events {
    @Path("/add_event_dyn")
    @RetellFunction(namedByEvents = true)
    public void dyn() {}

    @Path("/add_event")
    @RetellFunction(namedByEvents = true)
    public void plain() {}
  }

  /** As a company may write them. */
  @Path("/other")
  public static final class Others {
    @Path("/sms")
    @RetellFunction(name = "send_sms")
    public void sms() {}

    @Path("/nameless")
    @RetellFunction
    public void nameless() {}

    @Path("/spoken")
    @RetellFunction(name = "tell me")
    public void spoken() {}

    @Path("/long")
    @RetellFunction(name = "a2345678901234567890123456789012345678901234567890123456789012345")
    public void tooLong() {}
  }
}
