package org.retellbridge.feature.customers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.segment.Identifier;
import org.retellbridge.twin.segment.Profile;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Request;

/** Look-ups and saved customers, against the packaged WAR. */
class CustomersIT extends DeployedBridge {
  private static final String CALLER = TwinNames.CALLER;
  private static final String STRANGER = "+61255508888";
  private static final Map<String, String> MIA = Map.of("phone", CALLER);

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/lookup", "/lookup_dyn"})
  void tellsTheAgentWhoCalls(String path) {
    twin.segment().know(MIA, named("Mia"));

    ToolAnswer answer = ask(path, from(CALLER));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.last().header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(answer.heardByModel()).isEqualTo("{\"name\":\"Mia\"}");
    assertThat(asked()).containsExactly(path("phone:%2B" + CALLER.substring(1) + "/traits"));
    assertThat(twin.segment().profileRequests().last().orElseThrow().rawQuery())
        .isEqualTo("limit=200");
  }

  @Test
  void looksForClientsInLowerCase() {
    twin.segment().know(Map.of("client_id", "client:bob"), named("Bob"));

    assertThat(ask("/lookup", from("client:Bob")).json().getString("name")).isEqualTo("Bob");
    assertThat(asked()).containsExactly(path("client_id:client%3Abob/traits"));
  }

  @Test
  void findsClientsUnderTheSpellingInWhichTheOriginalWroteThem() {
    twin.segment().know(Map.of("user_id", "client:Bob"), named("Bob"));

    assertThat(ask("/lookup", from("client:Bob")).json().getString("name")).isEqualTo("Bob");
    agent(from("client:Bob")).callFunction(twin.publicUrl("/save_customer"), "save", details());
    assertThat(twin.segment().messages().get(0).body().getString("userId")).isEqualTo("client:Bob");
    assertThat(ask("/lookup", from("client:Bob")).json()).containsKey("contact_phone");
  }

  @Test
  void looksForWebCallersByClientIdEvenWhenTheyHaveANumber() {
    twin.segment().know(MIA, named("Mia"));

    ToolAnswer answer = ask("/lookup_web", CallSpec.web(TwinNames.AGENT).metadata(number(CALLER)));

    assertThat(answer.heardByModel()).isEqualTo("[]");
    assertThat(asked())
        .containsExactly(
            path("client_id:%2B" + CALLER.substring(1) + "/traits"),
            path("user_id:%2B" + CALLER.substring(1) + "/traits"));
  }

  @Test
  void findsProfilesOfTheOriginalInASpaceWithoutIdentifiers() {
    twin.segment().know(Map.of("user_id", CALLER), named("Mia"));

    assertThat(ask("/lookup", from(CALLER)).json().getString("name")).isEqualTo("Mia");
    assertThat(ask("/lookup_web", from(CALLER)).json().getString("name")).isEqualTo("Mia");
  }

  /** Nobody has added {@code phone} to it, and it takes no identifier by itself. */
  @Test
  void findsAgainWhatItSavedInANewSpace() {
    twin.segment().forgetIdentifier("phone");
    twin.segment().addsUnknownTypes(false);
    agent(from(CALLER)).callFunction(twin.publicUrl("/save_customer"), "save", details());

    assertThat(ask("/lookup", from(CALLER)).json().getString("name")).isEqualTo("Zoë");
    agent(from(CALLER)).callFunction(twin.publicUrl("/add_event"), "table_booked", Map.of());
    assertThat(ask("/lookup_events", from(CALLER)).last().text())
        .startsWith("[{\"eventName\":\"table_booked\"");
    assertThat(twin.segment().profiles())
        .singleElement()
        .satisfies(
            mia ->
                assertThat(mia.identifiers()).containsExactly(new Identifier("user_id", CALLER)));
  }

  @Test
  void takesTheCallerFromWhereTheFunctionSays() {
    twin.segment().know(MIA, named("Mia"));
    twin.segment().know(Map.of("phone", STRANGER), named("Zoë"));
    CallSpec call =
        CallSpec.phone(TwinNames.AGENT, TwinNames.HUMAN, TwinNames.NUMBER)
            .metadata(number(CALLER))
            .variables(number(STRANGER));

    assertThat(ask("/lookup", call).json().getString("name")).isEqualTo("Mia");
    assertThat(ask("/lookup_dyn", call).json().getString("name")).isEqualTo("Zoë");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/lookup", "/lookup_dyn", "/lookup_web", "/lookup_events"})
  void knowsThatSomebodyIsUnknown(String path) {
    ToolAnswer answer = ask(path, from(CALLER));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.last().text()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lookup",
        "/lookup_dyn",
        "/lookup_web",
        "/lookup_events",
        "/lookup_events_dyn",
        "/save_customer",
        "/save_customer_dyn"
      })
  void doesNothingForWithheldCallers(String path) {
    ToolAnswer answer =
        agent(CallSpec.phone(TwinNames.AGENT, "anonymous", TwinNames.NUMBER).metadata(number("")))
            .callFunction(twin.publicUrl(path), "f", details());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.last().text()).isEqualTo("{\"status\":\"Not found\"}");
    assertThat(asked()).isEmpty();
    assertThat(twin.segment().messages()).isEmpty();
  }

  @Test
  void readsAllPagesOfTraits() {
    JsonObjectBuilder traits = Json.object();
    IntStream.range(0, 450).forEach(i -> traits.add("t" + i, i));
    twin.segment().know(MIA, traits.build());

    assertThat(ask("/lookup", from(CALLER)).json()).hasSize(450).containsKeys("t0", "t449");
    assertThat(asked()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sip:bob@example.com", "x?limit=1#y", "50% {name} Zoë", "a%2F..%2Fx", "a\\..\\x"})
  void doesNotLetAnAddressLeadElsewhere(String address) {
    assertThat(ask("/lookup", from(address)).last().text()).isEqualTo("[]");

    assertThat(asked()).hasSize(2).allSatisfy(it -> assertThat(it).startsWith(path("")));
    assertThat(asked()).allMatch(it -> it.endsWith("/traits"));
    assertThat(asked()).allMatch(it -> it.chars().filter(c -> c == '/').count() == 8);
  }

  @Test
  void doesNotAskForAnAddressWithASlash() {
    assertThat(ask("/lookup", from("a/../../../x")).last().text()).isEqualTo("[]");

    assertThat(asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/lookup_events", "/lookup_events_dyn"})
  void tellsTheAgentWhatTheCallerDidLately(String path) {
    for (int i = 0; i < 12; i++) {
      twin.segment().remember(MIA, "order_" + i, Json.strings(Map.of("client_id", "client:bob")));
      twin.clock().advance(Duration.ofMinutes(1));
    }
    twin.segment()
        .remember(
            MIA, "place_order", Json.object().add("summary", "1 margherita").add("n", 1).build());

    String events = ask(path, from(CALLER)).last().text();

    assertThat(events)
        .startsWith("[{\"eventName\":\"place_order\",\"summary\":\"1 margherita\",\"n\":1},")
        .contains("{\"eventName\":\"order_11\"}", "{\"eventName\":\"order_3\"}")
        .doesNotContain("order_2\"", "client_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/save_customer", "/save_customer_dyn"})
  void savesWhatTheNextLookUpFinds(String path) {
    ToolAnswer answer = agent(from(CALLER)).callFunction(twin.publicUrl(path), "save", details());

    assertThat(answer.last().text()).isEqualTo("{\"message\":\"accepted\",\"success\":true}");
    assertThat(ask("/lookup", from(CALLER)).json())
        .isEqualTo(
            Json.object()
                .add("name", "Zoë")
                .add("contact_phone", STRANGER)
                .add("address", Json.object().add("street", "1 Test St"))
                .build());
    Profile profile = twin.segment().profile("phone", CALLER).orElseThrow();
    assertThat(profile.identifiers())
        .containsExactlyInAnyOrder(
            new Identifier("user_id", CALLER), new Identifier("phone", CALLER));
    Request request = twin.segment().trackingRequests().last().orElseThrow();
    assertThat(request.header("content-type").orElse("")).startsWith("application/json");
    assertThat(request.rawPath()).isEqualTo("/v1/identify");
  }

  /** Segment may be down, or need some seconds: the caller does not hear the old address again. */
  @Test
  void showsWhatWasSavedInTheSameCallBeforeSegmentDoes() {
    twin.segment()
        .know(Map.of("phone", CALLER), Json.strings(Map.of("address", "2 Old St", "pet", "cat")));
    twin.segment().trackingFaults().always(Fault.status(503));
    try {
      AgentCall agent = agent(from(CALLER));
      assertThat(
              agent
                  .callFunction(twin.publicUrl("/save_customer"), "save", details())
                  .json()
                  .getString("message"))
          .isEqualTo("accepted");

      assertThat(agent.callFunction(twin.publicUrl("/lookup"), "look", Map.of()).json())
          .isEqualTo(
              Json.object()
                  .add("address", Json.object().add("street", "1 Test St"))
                  .add("pet", "cat")
                  .add("name", "Zoë")
                  .add("contact_phone", STRANGER)
                  .build());
      assertThat(ask("/lookup", from(CALLER)).json().getString("address"))
          .as("in another call")
          .isEqualTo("2 Old St");
    } finally {
      twin.segment().trackingFaults().clear();
    }
    Await.until(
        "it arrives",
        () -> twin.segment().profile("phone", CALLER).orElseThrow().traits().containsKey("name"));
  }

  @Test
  void neverMergesTheCallerWithTheNumberThatTheModelHeard() {
    twin.segment().know(Map.of("phone", STRANGER), Json.strings(Map.of("pet", "dog")));

    agent(from(CALLER)).callFunction(twin.publicUrl("/save_customer"), "save", details());

    assertThat(ask("/lookup", from(CALLER)).json()).doesNotContainKey("pet");
    assertThat(twin.segment().profile("phone", STRANGER).orElseThrow().traits())
        .containsOnlyKeys("pet");
  }

  @Test
  void vouchesForNobodyInABrowser() {
    agent(CallSpec.web(TwinNames.AGENT).metadata(number("client:bob")))
        .callFunction(twin.publicUrl("/save_customer"), "save", details());

    JsonObject sent = twin.segment().messages().get(0).body();
    assertThat(sent.getJsonObject("context").getJsonArray("externalIds")).isEmpty();
  }

  @Test
  void savesOnceHoweverOftenItIsAsked() {
    AgentCall agent = agent(from(CALLER));
    ToolCall call = ToolCall.of(twin.publicUrl("/save_customer"), "save", Json.strings(details()));

    ToolAnswer first = agent.callFunction(call);
    ToolAnswer second = agent.callFunction(call);

    assertThat(second.last().text()).isEqualTo(first.last().text());
    assertThat(twin.segment().messages()).hasSize(1);
  }

  /** Where Retell's request has no id: else Segment would keep what the caller took back. */
  @ParameterizedTest
  @ValueSource(strings = {"/save_customer", "/save_customer_dyn"})
  void savesAgainWhatWasCorrectedInBetween(String between) {
    AgentCall agent = agent(from(CALLER));

    saves(agent, "/save_customer", "1 Test St");
    saves(agent, between, "2 Wrong St");
    saves(agent, "/save_customer", "1 Test St");
    saves(agent, "/save_customer", "1 Test St");

    assertThat(twin.segment().messages()).hasSize(3);
    JsonObject street = Json.object().add("street", "1 Test St").build();
    assertThat(
            agent
                .callFunction(twin.publicUrl("/lookup"), "look", Map.of())
                .json()
                .getJsonObject("address"))
        .isEqualTo(street);
    assertThat(ask("/lookup", from(CALLER)).json().getJsonObject("address")).isEqualTo(street);
  }

  private static void saves(AgentCall agent, String path, String address) {
    JsonObject customer = Json.object(Json.strings(details())).add("address", address).build();
    assertThat(
            agent
                .callFunction(
                    ToolCall.of(twin.publicUrl(path), "save", customer).withoutInvocation())
                .json()
                .getString("message"))
        .isEqualTo("accepted");
  }

  @Test
  void keepsWhateverElseTheCustomerSaid() {
    JsonObjectBuilder customer =
        Json.object(Json.strings(details())).add("pet", "dog").add("Email", "zoe@example.com");
    customer.add("children", 2).add("nickname", "");
    agent(from(CALLER)).callFunction(twin.publicUrl("/save_customer"), "save", customer.build());

    assertThat(twin.segment().profile("phone", CALLER).orElseThrow().traits())
        .isEqualTo(
            Json.object()
                .add("name", "Zoë")
                .add("contact_phone", STRANGER)
                .add("address", Json.object().add("street", "1 Test St"))
                .add("children", 2)
                .add("contact_email", "zoe@example.com")
                .add("pet", "dog")
                .build());
    assertThat(twin.segment().profile("email", "zoe@example.com")).isEmpty();
  }

  @Test
  void refusesMoreThanSegmentTakes() {
    JsonObjectBuilder many = Json.object(Json.strings(details()));
    IntStream.range(0, 300).forEach(i -> many.add("t" + i, i));
    JsonObjectBuilder large = Json.object(Json.strings(details())).add("notes", "x".repeat(33_000));

    assertThat(refusal(many.build())).isEqualTo("There are too many details to store.");
    assertThat(refusal(large.build())).isEqualTo("The details are too long to store.");
    assertThat(twin.segment().messages()).isEmpty();
  }

  private static String refusal(JsonObject customer) {
    ToolAnswer answer =
        agent(from(CALLER)).callFunction(twin.publicUrl("/save_customer"), "save", customer);
    assertThat(answer.json().getString("status")).isEqualTo("failed");
    return answer.json().getString("message");
  }

  @Test
  void refusesWhatIsTooLong() {
    ToolAnswer answer =
        agent(from(CALLER))
            .callFunction(
                twin.publicUrl("/save_customer"),
                "save",
                Map.of("Name", " ", "phone", "1".repeat(51), "address", "x".repeat(501)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("failed");
    assertThat(answer.json().getString("message"))
        .isEqualTo("The address is too long. The phone is too long.");
    assertThat(twin.segment().messages()).isEmpty();
  }

  /** Tools of the original have the arguments that their writer chose. */
  @ParameterizedTest
  @ValueSource(strings = {"address", "name,address", "loyalty"})
  void savesWhatWasGivenAndNoMore(String given) {
    Map<String, String> all =
        Map.of("address", "1 Test St", "name", "Mia", "loyalty", "gold", "phone", "{{phone}}");
    Map<String, String> some = new HashMap<>(all);
    some.keySet().retainAll(List.of((given + ",phone").split(",")));
    ToolAnswer answer =
        agent(from(CALLER)).callFunction(twin.publicUrl("/save_customer"), "save", some);

    assertThat(answer.last().text()).isEqualTo("{\"message\":\"accepted\",\"success\":true}");
    assertThat(twin.segment().messages()).hasSize(1);
    assertThat(twin.segment().messages().get(0).body().getJsonObject("traits").keySet())
        .containsExactlyInAnyOrder(given.split(","));
  }

  @Test
  void savesNobodyOfWhomNothingWasGiven() {
    ToolAnswer answer =
        agent(from(CALLER))
            .callFunction(
                ToolCall.of(
                        twin.publicUrl("/save_customer"),
                        "save",
                        Json.strings(Map.of("name", " ", "call_id", "call_1")))
                    .speaks("I am saving that for you."));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("failed");
    assertThat(answer.json().getString("message")).contains("Nothing about the customer was given");
    assertThat(twin.segment().messages()).isEmpty();
  }

  @Test
  void keepsAnAddressThatIsAnObject() {
    JsonObject address = Json.object().add("street", "1 Test St").add("city", "Sydney").build();

    assertThat(save(address).last().text())
        .isEqualTo("{\"message\":\"accepted\",\"success\":true}");
    assertThat(ask("/lookup", from(CALLER)).json().getJsonObject("address")).isEqualTo(address);
    JsonObject tooLong = Json.object().add("street", "x".repeat(500)).build();
    assertThat(save(tooLong).json().getString("message")).isEqualTo("The address is too long.");
  }

  private static ToolAnswer save(JsonObject address) {
    JsonObjectBuilder customer = Json.object(Json.strings(details())).add("address", address);
    return agent(from(CALLER))
        .callFunction(twin.publicUrl("/save_customer"), "save", customer.build());
  }

  @Test
  void offersEachFunctionWithItsRequiredArguments() {
    String tools = operate("/functions").body();

    assertThat(tools)
        .contains(
            "\"name\":\"lookup\"", "\"name\":\"lookup_web\"", "\"name\":\"lookup_events_dyn\"")
        .contains("\"name\":\"save_customer\"", "\"required\":[\"name\",\"phone\"]")
        .contains(twin.publicUrl("/save_customer"));
  }

  @Test
  void logsNeitherNumbersNorKeys() {
    String before = BridgeUnderTest.serverLog();
    agent(from(CALLER)).callFunction(twin.publicUrl("/save_customer"), "save", details());
    ask("/lookup", from(CALLER));
    // Each line comes after its answer, and one may be a former test's.
    BridgeUnderTest.loggedSince(before, "function /save_customer ");
    String log = BridgeUnderTest.loggedSince(before, "function /lookup ");

    assertThat(log)
        .doesNotContain(CALLER.substring(1))
        .doesNotContain(STRANGER.substring(1))
        .doesNotContain("Zoë")
        .doesNotContain(TwinNames.SEGMENT_TOKEN)
        .doesNotContain(TwinNames.SEGMENT_WRITE_KEY);
  }

  private static ToolAnswer ask(String path, CallSpec call) {
    return agent(call).callFunction(twin.publicUrl(path), "look", Map.of());
  }

  private static AgentCall agent(CallSpec call) {
    return twin.retell().talk(call);
  }

  private static CallSpec from(String address) {
    return CallSpec.phone(TwinNames.AGENT, address, TwinNames.NUMBER)
        .metadata(number(address))
        .variables(number(address));
  }

  private static Map<String, String> number(String address) {
    return Map.of("from_number", address);
  }

  private static Map<String, String> details() {
    return Map.of("name", "Zoë", "phone", STRANGER, "address", "1 Test St");
  }

  private static JsonObject named(String name) {
    return Json.strings(Map.of("name", name));
  }

  private static List<String> asked() {
    return twin.segment().profileRequests().all().stream().map(Request::rawPath).toList();
  }

  private static String path(String rest) {
    return "/v1/spaces/" + TwinNames.SPACE + "/collections/users/profiles/" + rest;
  }
}
