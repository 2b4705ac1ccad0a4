package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;

class TaskAttributesTest {
  private static final Map<String, String> CONTEXT = Map.of("call_id", "call_1");

  @Test
  void keepsTheTypesOfTheArguments() {
    assertThat(json("{\"a\":\"x\",\"n\":12.50,\"b\":true,\"l\":[1,\"2\"],\"o\":{\"k\":\"v\"}}"))
        .isEqualTo(
            "{\"call_id\":\"call_1\",\"a\":\"x\",\"n\":12.50,\"b\":true,\"l\":[1,\"2\"],"
                + "\"o\":{\"k\":\"v\"}}");
  }

  @Test
  void letsNoArgumentReplaceWhatTheBridgeKnows() {
    assertThat(json("{\"call_id\":\"call_2\",\"n\":1}"))
        .isEqualTo("{\"call_id\":\"call_1\",\"n\":1}");
    assertThat(json("{\"call-id\":7}")).isEqualTo("{\"call_id\":\"call_1\"}");
  }

  @Test
  void leavesOutArgumentsOfReservedNamesHoweverTheyAreSpelt() {
    assertThat(
            json(
                "{\"caller\":\"1\",\"CALLER\":\"2\",\"From-Number\":\"3\",\"callers\":\"4\"}",
                Set.of("caller", "from_number")))
        .isEqualTo("{\"call_id\":\"call_1\",\"callers\":\"4\"}");
  }

  @Test
  void writesNamesThatWorkflowsCanRead() {
    assertThat(json("{\"order-id\":\"7\",\"item-count\":2}"))
        .isEqualTo("{\"call_id\":\"call_1\",\"order_id\":\"7\",\"item_count\":2}");
    assertThat(json("{\"größe\":\"XL\",\"2nd_phone\":\"2\",\"order.id\":3,\"_x\":4,\"🍕 🍕\":5}"))
        .isEqualTo(
            "{\"call_id\":\"call_1\",\"gr__e\":\"XL\",\"arg_2nd_phone\":\"2\",\"order_id\":3,"
                + "\"arg__x\":4,\"arg____\":5}");
  }

  @Test
  void losesNothingThatGetsTheSameName() {
    assertThat(json("{\"order-id\":\"7\",\"order_id\":8,\"order.id\":9}"))
        .isEqualTo("{\"call_id\":\"call_1\",\"order_id_2\":\"7\",\"order_id\":8,\"order_id_3\":9}");
  }

  @Test
  void losesNothingWhoseNameIsTooLong() {
    String name = "n".repeat(100);
    assertThat(json("{\"" + name + "1\":1,\"" + name + "2\":2,\"" + name + "3\":3}"))
        .isEqualTo(
            "{\"call_id\":\"call_1\",\"N\":1,\"N_2\":2,\"N_3\":3}".replace("N", "n".repeat(60)));
  }

  @Test
  void cutsLongTextsAndLeavesOutWhatCannotBeCut() {
    JsonObject kept =
        JsonText.parseObject(
                json(
                    "{\"summary\":\""
                        + "word ".repeat(2000)
                        + "\",\"list\":["
                        + "1,".repeat(3000)
                        + "1],\"total\":12}"))
            .orElseThrow();
    assertThat(kept.getString("summary")).endsWith("word…").hasSizeGreaterThan(1000);
    assertThat(kept.keySet()).containsExactly("call_id", "summary", "total");
  }

  @Property(tries = 500)
  @Domain(WildTexts.class)
  void staysAnObjectOfFourKibibytesWhateverIsSaid(@ForAll String wild) {
    Map<String, JsonValue> said =
        Map.of("summary", JsonText.string(wild.repeat(300)), "note", JsonText.string(wild));
    String json = new TaskAttributes(CONTEXT, said, Set.of()).json();

    assertThat(json.getBytes(UTF_8).length).isLessThanOrEqualTo(4096);
    JsonObject object = JsonText.parseObject(json).orElseThrow();
    assertThat(object.getString("call_id")).isEqualTo("call_1");
    assertThat(object.getString("note")).isEqualTo(wild);
  }

  private static String json(String arguments) {
    return json(arguments, Set.of());
  }

  private static String json(String arguments, Set<String> reserved) {
    return new TaskAttributes(CONTEXT, JsonText.parseObject(arguments).orElseThrow(), reserved)
        .json();
  }
}
