package org.retellbridge.twin.twilio;

import java.net.URI;
import java.util.Optional;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;

/**
 * What a caller hears in a queue: the documents of {@code waitUrl}, asked for again at their end
 * (documented). Music and pauses take no time here; they only count as time.
 */
final class QueueMusic {
  private static final int SECONDS_OF_A_PIECE = 60;

  private final CallRecord call;
  private final Network network;
  private final String queueSid;
  private int waited;

  QueueMusic(CallRecord call, Network network, String queueSid) {
    this.call = call;
    this.network = network;
    this.queueSid = queueSid;
  }

  int waited() {
    return waited;
  }

  /** Somebody takes the call as soon as the first document was played. */
  QueueResult playOnce(URI waitUrl) {
    return play(document(waitUrl), waitUrl) instanceof Next.Left left && left.failed()
        ? QueueResult.ERROR
        : QueueResult.BRIDGED;
  }

  /** Nobody takes the call. */
  QueueResult playUntilTheCallerLeaves(URI waitUrl) {
    URI next = waitUrl;
    for (int documents = 0; documents < CallRun.MOST_DOCUMENTS; documents++) {
      Next then = play(document(next), next);
      if (then instanceof Next.Left left) {
        return left.failed() ? QueueResult.ERROR : QueueResult.LEAVE;
      }
      next = ((Next.Ask) then).url().orElse(waitUrl);
    }
    call.problem(0, "waits for ever in the queue");
    return QueueResult.SYSTEM_ERROR;
  }

  private Twiml document(URI url) {
    Fields queue =
        Fields.of("QueueSid", queueSid, "QueueTime", "" + waited, "QueuePosition", "1")
            .add("AvgQueueTime", "60")
            .add("CurrentQueueSize", "1");
    Exchange exchange = network.webhook().send("POST", url.toString(), call.fields().with(queue));
    call.got(exchange);
    return TwimlReader.read(exchange);
  }

  private Next play(Twiml twiml, URI base) {
    call.problems(twiml.problems());
    if (!twiml.usable()) {
      return new Next.Left(true);
    }
    for (Tag verb : twiml.verbs()) {
      switch (verb.name()) {
        case "Play" -> {
          network.lets(call, Heard.Kind.MUSIC, verb.text());
          waited += SECONDS_OF_A_PIECE;
        }
        case "Pause" -> waited += Integer.parseInt(verb.attribute("length", "1"));
        case "Redirect" -> {
          return new Next.Ask(Urls.resolve(Optional.of(base), verb.text()));
        }
        case "Leave" -> {
          return new Next.Left(false);
        }
        default -> call.problem(14219, "Enqueue: <" + verb.name() + "> in the wait document");
      }
    }
    return new Next.Ask(Optional.empty());
  }

  private sealed interface Next {
    /** Another document, or the first one again. */
    record Ask(Optional<URI> url) implements Next {}

    record Left(boolean failed) implements Next {}
  }
}
