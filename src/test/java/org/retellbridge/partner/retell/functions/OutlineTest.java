package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.partner.retell.functions.RetellFunction.Effect;

class OutlineTest {

  @Test
  void showsNamesAndFormsOfArguments() {
    assertThat(
            arguments(
                """
                {"name":"Mia Example","total":18.5,"express":true,"items":["a","b"],"to":{"a":1}}
                """))
        .isEqualTo(
            """
            express: yes or no
            items: list of 2
            name: text of 11 characters
            to: object of 1 fields
            total: a number\
            """);
  }

  @Test
  void showsNoNameThatCouldBeAValue() {
    assertThat(arguments("{\"Mia Example +61491570006\":\"a\"}"))
        .isEqualTo("…: text of 1 characters");
  }

  @Test
  void showsTheSentenceOfAFailureWithoutNumbers() {
    assertThat(
            Outline.of(Answer.failed("The number 61491570006\n is not\tvalid."), true, Effect.ONCE))
        .isEqualTo("message: The number … is not valid.");
    assertThat(Outline.of(Answer.unknown("x".repeat(300)), true, Effect.ONCE))
        .hasSize("message: ".length() + 201);
  }

  @Test
  void showsNoSentenceOfACompanysOwn() {
    assertThat(Outline.of(Answer.failed("There is no order for Mia Example."), false, Effect.ONCE))
        .isEqualTo("status: failed\nmessage: text of 34 characters");
    assertThat(Outline.of(Answer.unknown("Mia Example may have paid."), false, Effect.ONCE))
        .doesNotContain("Mia");
  }

  @Test
  void showsTheStatusOfASuccessAndNoValue() {
    assertThat(
            Outline.of(
                Answer.done(JsonText.object().add("status", "sent").add("sid", "SM123").build()),
                true,
                Effect.ONCE))
        .isEqualTo("status: sent\nsid: text of 5 characters");
    assertThat(
            Outline.of(
                Answer.done(JsonText.object().add("status", "Mia 123").build()), true, Effect.ONCE))
        .isEqualTo("status: text of 7 characters");
    assertThat(Outline.of(Answer.done(JsonText.array().add("Mia").build()), true, Effect.ONCE))
        .isEqualTo("list of 1");
  }

  /** Such as that of an order, or of a customer in debt collection. */
  @Test
  void showsNoStatusOfACustomer() {
    assertThat(arguments("{\"status\":\"sent\"}")).isEqualTo("status: text of 4 characters");
    Answer traits =
        Answer.done(JsonText.object().add("status", "created").add("name", "Mia").build());
    assertThat(Outline.of(traits, true, Effect.NONE))
        .isEqualTo("status: text of 7 characters\nname: text of 3 characters");
    Answer debt = Answer.done(JsonText.object().add("status", "in debt collection").build());
    assertThat(Outline.of(debt, false, Effect.ONCE)).isEqualTo("status: text of 18 characters");
  }

  @Test
  void showsThatNothingWasFound() {
    assertThat(Outline.of(Answer.callerNotFound(), true, Effect.NONE))
        .isEqualTo("status: Not found");
  }

  @Test
  void givesTheReasonOfAFailureInTheAgentsWordsWithoutNumbers() {
    assertThat(Outline.reason(Answer.failed("The number 61491570006\n is not\tvalid.")))
        .isEqualTo("The number … is not valid.");
    assertThat(Outline.reason(Answer.unknown("It may have worked.")))
        .isEqualTo("It may have worked.");
    assertThat(Outline.reason(Answer.callerNotFound())).isEqualTo("Not found");
    assertThat(Outline.reason(Answer.done(JsonText.object().add("message", "Mia").build())))
        .isEmpty();
    assertThat(Outline.reason(new Answer(400, Answer.Outcome.FAILED, JsonText.array().build())))
        .isEmpty();
  }

  private static String arguments(String json) {
    return Outline.of(new Arguments(JsonText.parseObject(json).orElseThrow()));
  }
}
