package org.retellbridge.twin.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;

/** Plays one call: asks for documents and does what they say until the call ends. */
final class CallRun implements Runnable {

  /** A call that asks for more documents than this goes in circles. */
  static final int MOST_DOCUMENTS = 20;

  private final CallRecord call;
  private final CallControl control;
  private final Network network;
  private final Verbs verbs;
  private boolean callerLeft;
  private boolean triedFallback;

  CallRun(CallRecord call, CallControl control, Network network, Optional<Conversation> automatic) {
    this.call = call;
    this.control = control;
    this.network = network;
    this.verbs = new Verbs(call, control, network, automatic);
  }

  @Override
  public void run() {
    try {
      CallRequest request = call.request();
      Step step = new Step.Fetch(URI.create(request.voiceUrl()), request.method(), new Fields());
      for (int documents = 1; !(step instanceof Step.Over); documents++) {
        if (documents > MOST_DOCUMENTS) {
          call.problem(0, "the call goes in circles: " + MOST_DOCUMENTS + " documents");
          step = new Step.Over("loop");
          continue;
        }
        step = perform(step);
      }
      finish(((Step.Over) step).why());
    } catch (InterruptedException closing) {
      finish("the twin is closing");
    } catch (RuntimeException bug) {
      call.problem(0, "the twin itself failed: " + bug);
      finish("failure of the twin");
    }
  }

  private Step perform(Step step) throws InterruptedException {
    if (step instanceof Step.Play document) {
      return play(TwimlReader.parse(document.twiml().getBytes(UTF_8)), Optional.empty());
    }
    Step.Fetch fetch = (Step.Fetch) step;
    Exchange exchange =
        network
            .webhook()
            .send(fetch.method(), fetch.url().toString(), call.fields().with(fetch.fields()));
    call.got(exchange);
    Twiml twiml = TwimlReader.read(exchange);
    return twiml.usable()
        ? play(twiml, Optional.of(fetch.url()))
        : failed(twiml.problems().get(0), fetch);
  }

  private Step failed(Problem problem, Step.Fetch fetch) {
    call.problems(List.of(problem));
    String fallback = call.request().fallbackUrl();
    if (!fallback.isEmpty() && !triedFallback) {
      triedFallback = true;
      Fields why = Fields.of("ErrorCode", "" + problem.code(), "ErrorUrl", fetch.url().toString());
      return new Step.Fetch(URI.create(fallback), "POST", why);
    }
    call.pickUp();
    network.lets(
        call,
        Heard.Kind.APPLICATION_ERROR,
        "We are sorry, an application error has occurred. Goodbye.");
    return new Step.Over("application error " + problem.code());
  }

  private Step play(Twiml twiml, Optional<URI> base) throws InterruptedException {
    call.problems(twiml.problems());
    if (!twiml.usable()) {
      return new Step.Over("document cannot be played");
    }
    boolean first = true;
    for (Tag verb : twiml.verbs()) {
      Optional<Step> order = control.pending();
      if (order.isPresent()) {
        return left(order.get());
      }
      Step next = verbs.perform(verb, base, first);
      first = false;
      if (!(next instanceof Step.Continue)) {
        return left(next);
      }
    }
    return control.pending().map(this::left).orElse(new Step.Over("end of document"));
  }

  private Step left(Step step) {
    callerLeft |= step instanceof Step.Over over && over.why().startsWith("caller");
    return step;
  }

  private void finish(String why) {
    if (!callerLeft && !call.caredFor()) {
      network.lets(call, Heard.Kind.DEAD_LINE, why);
    }
    if (call.live()) {
      call.end();
    }
    network.timeline().add("Twilio", "Caller", "call is over: " + why);
    control.end();
  }
}
