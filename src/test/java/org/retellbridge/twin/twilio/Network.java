package org.retellbridge.twin.twilio;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.retellbridge.twin.timeline.Timeline;

/** What every call of the phone network shares. */
record Network(
    TwilioWebhook webhook,
    LegDialler dialler,
    LegScript script,
    Books books,
    Timeline timeline,
    ExecutorService threads,
    Habits habits) {

  /** Lets the caller of that call hear or live through something. */
  void lets(CallRecord call, Heard.Kind kind, String detail) {
    Heard thing = new Heard(kind, detail);
    call.hears(thing);
    timeline.add("Caller", "Caller", thing.toString());
  }

  /** Behaviour of Twilio that is unknown, and therefore can be set either way. */
  static final class Habits {
    /** When Dial's action is still asked after the REST API has replaced the document, if ever. */
    volatile Optional<CountDownLatch> actionAfterRedirect = Optional.empty();
  }
}
