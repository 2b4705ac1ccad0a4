package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.ledger.History.After;
import org.retellbridge.foundation.ledger.History.Story;
import org.retellbridge.foundation.ledger.PhoneCall.Stage;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.PhoneNumber;

/** What holds on every database. */
abstract class HistoryContract {
  private static final String CALLER = "+61491570006";
  private static final String NUMBER = "+61255500000";
  private static final CallId ID = new CallId("call_1");

  private final Watch watch = new Watch();
  @TempDir Path folder;
  private Place place;
  private Books books;

  abstract Place place();

  @BeforeEach
  void open() {
    place = place();
    books = Books.open(Books.config(place, folder, watch));
  }

  @AfterEach
  void close() {
    books.close();
  }

  /** The leg of a flow that sent the call back ends after the call went to the last rung. */
  @Test
  void remembersWhyACallIsOverWhenTheLegUnderItEnds() {
    for (boolean atOnce : List.of(true, false)) {
      CallSid sid = sid(atOnce ? 1 : 2);
      books.ledger.journal.arrived(sid, false, CALLER, NUMBER);
      books.ledger.journal.handedOver(sid);
      books.ledger.journal.wentOn(sid, "0", "flow_failed", "sentence", Stage.OVER);
      if (!atOnce) {
        written();
      }
      watch.forward(Duration.ofSeconds(9));
      books.ledger.journal.ended(sid, "0", "completed");
      written();

      PhoneCall call = Books.get(books.ledger.history.story(sid.value())).orElseThrow().call();
      assertThat(call.stage()).isEqualTo(Stage.OVER);
      assertThat(call.reason()).isEqualTo("leg_flow_failed");
      assertThat(call.ended()).hasValue(watch.instant());
    }
  }

  @Test
  void saysOfACallThatAPersonTookWhatBecameOfIt() {
    CallSid sid = sid(1);
    books.ledger.journal.arrived(sid, false, CALLER, NUMBER);
    books.ledger.journal.wentOn(sid, "0", "no_answer", "number", Stage.FALLBACK);
    written();
    books.ledger.journal.ended(sid, "1", "completed");
    written();
    assertThat(Books.get(books.ledger.history.story(sid.value())).orElseThrow().call())
        .returns(Stage.OVER, PhoneCall::stage)
        .returns("completed", PhoneCall::reason);
  }

  @Test
  void tellsACallFromItsWebhookToItsEnd() {
    CallSid sid = sid(1);
    books.ledger.journal.arrived(sid, false, CALLER, NUMBER);
    watch.forward(Duration.ofMillis(300));
    books.ledger.calls.started(sid, ID, "agent_1", false, CALLER, NUMBER);
    books.ledger.journal.registered(sid, ID, "agent_1", Duration.ofMillis(200));
    watch.forward(Duration.ofSeconds(10));
    function("k1", "done");
    watch.forward(Duration.ofSeconds(1));
    function("k1", "repeated");
    function("k1", "repeated");
    function("k2", "failed");
    watch.forward(Duration.ofSeconds(1));
    books.ledger.journal.ended(sid, "0", "completed");
    watch.forward(Duration.ofSeconds(1));
    Books.get(
        books.ledger.vendorEvents.firstTime("call_ended", ID, "", "{\"a\":1}", Optional.empty()));
    written();

    Story story = Books.get(books.ledger.history.story(sid.value())).orElseThrow();
    assertThat(story.call().stage()).isEqualTo(Stage.OVER);
    assertThat(story.call().from()).isEqualTo("…06");
    assertThat(story.call().to()).isEqualTo("…00");
    assertThat(story.call().callId()).hasValue(ID);
    assertThat(story.moments())
        .extracting(Moment::name)
        .containsExactly(
            "webhook", "agent", "/send_sms sms", "/send_sms sms", "leg_ended", "call_ended");
    assertThat(story.moments().get(1).took()).hasValue(Duration.ofMillis(200));
    assertThat(story.moments().get(1).at())
        .isEqualTo(Instant.parse("2026-11-01T08:00:00.100Z"))
        .as("where it began");
    assertThat(story.moments().get(2).facts())
        .containsEntry("outcome", "done")
        .containsEntry("repeats", "2")
        .containsEntry("arguments", "message: text of 5 characters")
        .containsEntry("answer", "status: sent");
    assertThat(story.moments().get(4).facts())
        .isEqualTo(Map.of("rung", "0", "result", "completed", "next", "hangup"));
    assertThat(story.moments().get(5).facts()).containsEntry("fields", "{\"a\":1}");
    assertThat(Books.get(books.ledger.history.story(ID.value()))).hasValue(story);
    assertThat(Books.get(books.ledger.history.story("CA_unknown"))).isEmpty();
  }

  /** Whoever is sent back to the agent is on the same leg, in another part. */
  @Test
  void keepsFormerPartsOfACall() {
    CallSid sid = sid(1);
    CallId former = new CallId("call_former");
    for (CallId part : List.of(former, ID)) {
      books.ledger.journal.arrived(sid, false, CALLER, NUMBER);
      books.ledger.calls.started(sid, part, "agent_1", false, CALLER, NUMBER);
      books.ledger.journal.registered(sid, part, "agent_1", Duration.ZERO);
      written();
      watch.forward(Duration.ofMinutes(1));
    }
    function("k1", "done");
    written();
    books.close();
    books = Books.open(Books.config(place, folder, watch));

    for (CallId part : List.of(former, ID)) {
      CallRecord call = Books.get(books.ledger.calls.findByCallId(part)).orElseThrow();
      assertThat(call.callSid()).hasValue(sid);
      assertThat(call.from()).isEqualTo(CALLER);
      assertThat(call.to()).isEqualTo(NUMBER);
    }
    Story story = Books.get(books.ledger.history.story(former.value())).orElseThrow();
    assertThat(story.call().callId()).hasValue(ID);
    assertThat(story.call().stage()).isEqualTo(Stage.AGENT);
    assertThat(story.moments())
        .extracting(Moment::name)
        .containsExactly("webhook", "agent", "webhook", "agent", "/send_sms sms");
    assertThat(live())
        .as("the former part is no call of Retell's own")
        .containsExactly(sid.value());
  }

  @Test
  void showsAnEffectOfWhichNobodyKnows() {
    CallSid sid = sid(1);
    books.ledger.calls.started(sid, ID, "agent_1", false, CALLER, NUMBER);
    books.ledger.journal.registered(sid, ID, "agent_1", Duration.ZERO);
    EffectId effect =
        TestEffects.of(
            ID, "/send_sms", InvocationKey.toolCall("t"), new Kind("sms", false, false, "?"));
    Books.get(
        books.ledger.once.run(
            effect, () -> CompletableFuture.completedFuture(new Outcome.Unknown("?"))));
    written();
    assertThat(Books.get(books.ledger.history.story(ID.value())).orElseThrow().moments())
        .filteredOn(moment -> moment.kind() == Moment.Kind.EFFECT)
        .extracting(moment -> moment.name() + " " + moment.facts().get("state"))
        .containsExactly("/send_sms unknown");
  }

  /** Studio asks for a task, and its call has an agent beside. */
  @Test
  void showsAnEffectThatTwilioAskedForByTheCallSid() {
    CallSid sid = sid(1);
    books.ledger.calls.started(sid, ID, "agent_1", false, CALLER, NUMBER);
    books.ledger.journal.registered(sid, ID, "agent_1", Duration.ZERO);
    EffectId effect =
        new EffectId(
            sid.value(),
            "/create_task",
            InvocationKey.toolCall("t"),
            Optional.empty(),
            new Kind("task", false, false, "?"));
    Books.get(
        books.ledger.once.run(
            effect, () -> CompletableFuture.completedFuture(new Outcome.Unknown("?"))));
    written();
    for (String name : List.of(sid.value(), ID.value())) {
      assertThat(Books.get(books.ledger.history.story(name)).orElseThrow().moments())
          .filteredOn(moment -> moment.kind() == Moment.Kind.EFFECT)
          .extracting(moment -> moment.name() + " " + moment.facts())
          .containsExactly("/create_task {state=unknown}");
    }
  }

  @Test
  void pagesThroughCallsOfTheSameMoment() {
    for (int i = 0; i < 7; i++) {
      books.ledger.journal.arrived(sid(i), false, CALLER, NUMBER);
    }
    Books.get(
        books.ledger.vendorEvents.firstTime(
            "x", new CallId("call_web"), "", "{}", Optional.empty()));
    Books.get(
        books.ledger.vendorEvents.firstTime(
            "call_ended",
            new CallId("call_web"),
            "",
            "{}",
            Optional.of(new CallNews(watch.instant(), "user_hangup", Optional.empty()))));
    written();
    List<PhoneCall> first = Books.get(books.ledger.history.calls(false, After.NOTHING, 5));
    PhoneCall last = first.get(4);
    List<PhoneCall> second =
        Books.get(books.ledger.history.calls(false, new After(last.started(), last.key()), 5));
    assertThat(first).hasSize(5);
    assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
    assertThat(first.get(0).key()).as("Retell's own").isEqualTo("call_web");
    assertThat(first.get(0).stage()).isEqualTo(Stage.OVER);
    assertThat(first.get(0).reason()).isEqualTo("user_hangup");
  }

  @Test
  void knowsWhichCallsAreLive() {
    books.ledger.journal.arrived(sid(1), false, CALLER, NUMBER);
    watch.forward(PhoneCall.LONGEST.plusSeconds(1));
    books.ledger.journal.arrived(sid(2), false, CALLER, NUMBER);
    books.ledger.journal.fellBack(sid(2), "retell_busy", "number", Stage.FALLBACK);
    books.ledger.journal.arrived(sid(3), false, CALLER, NUMBER);
    books.ledger.journal.ended(sid(3), "0", "completed");
    books.ledger.journal.arrived(sid(4), false, CALLER, NUMBER);
    books.ledger.journal.handedOver(sid(4));
    books.ledger.journal.arrived(sid(5), false, CALLER, NUMBER);
    books.ledger.calls.started(sid(5), ID, "agent_1", false, CALLER, NUMBER);
    books.ledger.journal.registered(sid(5), ID, "agent_1", Duration.ZERO);
    books.ledger.journal.arrived(sid(6), false, CALLER, NUMBER);
    books.ledger.journal.fellBack(sid(6), "no_agent", "sentence", Stage.OVER);
    books.ledger.journal.arrived(sid(7), false, CALLER, NUMBER);
    books.ledger.journal.wentOn(sid(7), "1", "no_answer", "sentence", Stage.OVER);
    books.ledger.journal.arrived(sid(8), false, CALLER, NUMBER);
    books.ledger.journal.fellBack(sid(8), "retell_busy", "elsewhere", Stage.LEFT);
    written();
    assertThat(live()).containsExactly(sid(5).value(), sid(4).value(), sid(2).value());
    assertThat(Books.get(books.ledger.history.live())).isEqualTo(3);

    Books.get(
        books.ledger.vendorEvents.firstTime(
            "call_ended",
            ID,
            "",
            "{}",
            Optional.of(new CallNews(watch.instant(), "agent_hangup", Optional.empty()))));
    written();
    assertThat(live())
        .as("Retell was faster than Twilio")
        .containsExactly(sid(4).value(), sid(2).value());
  }

  @Test
  void knowsRetellsOwnCallsBeforeTheyEnd() {
    CallId web = new CallId("call_web");
    books.ledger.journal.arrived(sid(1), false, CALLER, NUMBER);
    written();
    watch.forward(Duration.ofSeconds(1));
    event("call_started", web, CallNews.began(watch.instant()));
    assertThat(live()).containsExactly("call_web", sid(1).value());
    assertThat(Books.get(books.ledger.history.live())).isEqualTo(2);
    assertThat(Books.get(books.ledger.history.story("call_web")).orElseThrow().call().stage())
        .isEqualTo(Stage.AGENT);

    watch.forward(Duration.ofSeconds(1));
    event("call_ended", web, new CallNews(watch.instant(), "user_hangup", Optional.empty()));
    event("call_started", web, CallNews.began(watch.instant().minusSeconds(1)));
    assertThat(live()).as("whatever comes late").containsExactly(sid(1).value());
    assertThat(Books.get(books.ledger.history.live())).isEqualTo(1);
  }

  @Test
  void knowsWhomRetellsOwnCallsBringTogether() {
    Who who = new Who("agent_own", true, NUMBER, CALLER);
    CallNews over = new CallNews(watch.instant(), "user_hangup", Optional.empty());
    event("call_started", new CallId("call_out"), CallNews.began(watch.instant()).of(who));
    event("call_ended", new CallId("call_out"), over);
    event("call_ended", new CallId("call_unanswered"), over.of(who));
    for (String id : List.of("call_out", "call_unanswered")) {
      PhoneCall call = Books.get(books.ledger.history.story(id)).orElseThrow().call();
      assertThat(call.callSid()).isEmpty();
      assertThat(call.callId()).hasValue(new CallId(id));
      assertThat(call.agentId()).isEqualTo("agent_own");
      assertThat(call.outbound()).isTrue();
      assertThat(call.from()).isEqualTo("…00");
      assertThat(call.to()).isEqualTo("…06");
      assertThat(Books.get(books.ledger.calls.findByCallId(new CallId(id))).orElseThrow().to())
          .isEqualTo(CALLER);
    }

    event("call_started", new CallId("call_web"), CallNews.began(watch.instant()));
    PhoneCall web = Books.get(books.ledger.history.story("call_web")).orElseThrow().call();
    assertThat(List.of(web.agentId(), web.from(), web.to())).containsExactly("", "-", "-");
  }

  @Test
  void tellsWhichAgentWasAskedForInVain() {
    CallSid sid = sid(1);
    books.ledger.journal.arrived(sid, false, CALLER, NUMBER);
    books.ledger.journal.refused(
        sid, "retell_refused", "number", Stage.FALLBACK, "agent_gone", "agent_gone@prod");
    books.ledger.journal.ended(sid, "1", "completed");
    written();
    Story story = Books.get(books.ledger.history.story(sid.value())).orElseThrow();
    assertThat(story.call().agentId()).isEqualTo("agent_gone");
    assertThat(story.call().callSid()).hasValue(sid);
    assertThat(story.moments().get(1).facts())
        .isEqualTo(
            Map.of("reason", "retell_refused", "rung", "number", "agent", "agent_gone@prod"));
  }

  @Test
  void findsTheCallsOfACustomer() {
    books.ledger.journal.arrived(sid(1), false, CALLER, NUMBER);
    books.ledger.journal.arrived(sid(2), true, NUMBER, CALLER);
    books.ledger.journal.arrived(sid(3), false, "+61491570007", NUMBER);
    written();
    assertThat(Books.get(books.ledger.history.ofCaller(new PhoneNumber(CALLER), 10)))
        .extracting(PhoneCall::key)
        .containsExactlyInAnyOrder(sid(1).value(), sid(2).value());
  }

  @Test
  void saysWhatChanged() {
    books.ledger.journal.arrived(sid(1), false, CALLER, NUMBER);
    written();
    watch.forward(Duration.ofMinutes(1));
    Instant then = watch.instant();
    assertThat(changed(then)).isEmpty();
    watch.forward(Duration.ofSeconds(1));
    books.ledger.journal.askedAgain(sid(2));
    Books.get(books.ledger.vendorEvents.firstTime("call_started", ID, "", "{}", Optional.empty()));
    function("k", "done");
    written();
    assertThat(changed(then)).containsExactlyInAnyOrder(sid(2).value(), ID.value());
  }

  @Test
  void keepsNoNumber() {
    books.ledger.journal.arrived(sid(1), false, CALLER, NUMBER);
    written();
    String all =
        Books.get(
            books.ledger.database.run(
                tables ->
                    tables
                        .handle()
                        .createQuery("select * from phone_calls")
                        .mapToMap()
                        .list()
                        .toString()));
    assertThat(all)
        .contains("…06", "…00")
        .doesNotContain(CALLER.substring(4))
        .doesNotContain(NUMBER.substring(4));
  }

  private java.util.Set<String> changed(Instant then) {
    return Books.get(books.ledger.history.changedSince(then)).keySet();
  }

  private void event(String name, CallId call, CallNews news) {
    Books.get(books.ledger.vendorEvents.firstTime(name, call, "", "{}", Optional.of(news)));
  }

  private List<String> live() {
    return Books.get(books.ledger.history.calls(true, After.NOTHING, 10)).stream()
        .map(PhoneCall::key)
        .toList();
  }

  private void function(String key, String outcome) {
    books.ledger.invocations.record(
        key,
        "/send_sms sms",
        Optional.of(ID),
        outcome,
        Duration.ofMillis(50),
        "message: text of 5 characters",
        "status: sent",
        12);
  }

  private void written() {
    Await.until(
        "all is written", () -> books.ledger.journal.idle() && books.ledger.invocations.idle());
  }

  private static CallSid sid(int number) {
    return new CallSid("CA%032d".formatted(number));
  }
}
