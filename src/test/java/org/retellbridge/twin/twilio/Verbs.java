package org.retellbridge.twin.twilio;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.retellbridge.twin.wire.Fields;

/** Does what the verbs of a document say. */
final class Verbs {

  private final CallRecord call;
  private final CallControl control;
  private final Network network;
  private final Optional<Conversation> automatic;

  Verbs(CallRecord call, CallControl control, Network network, Optional<Conversation> automatic) {
    this.call = call;
    this.control = control;
    this.network = network;
    this.automatic = automatic;
  }

  /**
   * @param base of relative URLs; empty for a document that came by the REST API
   * @param first whether it is the first verb of its document
   */
  Step perform(Tag verb, Optional<URI> base, boolean first) throws InterruptedException {
    return switch (verb.name()) {
      case "Say" -> heard(Heard.Kind.SPOKEN, verb.text());
      case "Play" -> heard(Heard.Kind.MUSIC, verb.text());
      case "Hangup" -> new Step.Over("hung up by the document");
      case "Reject" -> reject(verb);
      case "Redirect" -> fetch(verb.text(), verb.attribute("method", "POST"), base, new Fields());
      case "Dial" -> dial(verb, base, first);
      case "Enqueue" -> enqueue(verb, base);
      default -> new Step.Continue();
    };
  }

  private Step heard(Heard.Kind kind, String detail) {
    call.pickUp();
    network.lets(call, kind, detail);
    return new Step.Continue();
  }

  private Step reject(Tag verb) {
    call.end("busy");
    return new Step.Over("rejected: " + verb.attribute("reason", "rejected"));
  }

  private Step dial(Tag dial, Optional<URI> base, boolean first) throws InterruptedException {
    if (!first || !dial.attribute("answerOnBridge", "false").equals("true")) {
      call.pickUp();
    }
    network.lets(call, Heard.Kind.RINGING, "up to " + dial.attribute("timeout", "30") + " s");
    DialVerb.Result result = new DialVerb(call, control, network, automatic).dial(dial);
    return after(result.order(), dial, base, result.fields());
  }

  private Step enqueue(Tag enqueue, Optional<URI> base) throws InterruptedException {
    call.pickUp();
    DialVerb.Result result =
        new EnqueueVerb(call, control, network, automatic).enqueue(enqueue, base);
    return after(result.order(), enqueue, base, result.fields());
  }

  /** After a leg: an order from outside goes first, then the action, then the next verb. */
  private Step after(Optional<Step> order, Tag verb, Optional<URI> base, Fields fields)
      throws InterruptedException {
    Step action =
        verb.has("action")
            ? fetch(verb.attribute("action", ""), verb.attribute("method", "POST"), base, fields)
            : new Step.Continue();
    if (order.isEmpty()) {
      return action;
    }
    boolean callerLeft = order.get() instanceof Step.Over;
    if (callerLeft) {
      call.end("completed");
    }
    Optional<CountDownLatch> asked = network.habits().actionAfterRedirect;
    if (action instanceof Step.Fetch fetch && (callerLeft || asked.isPresent())) {
      if (!callerLeft) {
        asked.get().await();
      }
      Fields all = call.fields().with(fetch.fields());
      call.got(network.webhook().send(fetch.method(), fetch.url().toString(), all));
    }
    return order.get();
  }

  private Step fetch(String target, String method, Optional<URI> base, Fields fields) {
    Optional<URI> url = Urls.resolve(base, target);
    if (url.isEmpty()) {
      call.problem(11100, "Invalid URL format: " + target);
      call.leftAlone();
      return new Step.Over("invalid URL " + target);
    }
    return new Step.Fetch(url.get(), method, fields);
  }
}
