package org.retellbridge.twin.twilio;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** {@code <Enqueue>}: a task that holds the caller until a person takes it or something fails. */
final class EnqueueVerb {

  private final CallRecord call;
  private final Network network;
  private final DialVerb dial;

  EnqueueVerb(
      CallRecord call, CallControl control, Network network, Optional<Conversation> automatic) {
    this.call = call;
    this.network = network;
    this.dial = new DialVerb(call, control, network, automatic);
  }

  /**
   * @param base of a relative {@code waitUrl}
   */
  DialVerb.Result enqueue(Tag enqueue, Optional<URI> base) throws InterruptedException {
    String queueSid = Sids.next("QU");
    QueueMusic music = new QueueMusic(call, network, queueSid);
    QueueResult result = hold(queue(enqueue), enqueue, base, music);
    String waited = Integer.toString(Math.max(1, music.waited()));
    Fields fields =
        Fields.of("QueueResult", result.text(), "QueueSid", queueSid, "QueueTime", waited);
    if (result == QueueResult.HANGUP) {
      return new DialVerb.Result(Optional.of(new Step.Over("caller gives up")), fields);
    }
    if (result != QueueResult.BRIDGED) {
      call.leftAlone();
      return new DialVerb.Result(Optional.empty(), fields);
    }
    String who = enqueue.attribute("workflowSid", enqueue.text());
    Optional<Step> order = dial.talk(Party.of(Party.Kind.PERSON, who));
    return new DialVerb.Result(order, fields);
  }

  /** What becomes of the caller; without a {@code waitUrl} only a person or the caller ends it. */
  private QueueResult hold(QueueResult script, Tag enqueue, Optional<URI> base, QueueMusic music) {
    if (script != QueueResult.BRIDGED && script != QueueResult.LEAVE) {
      return script;
    }
    if (!enqueue.has("waitUrl")) {
      return script == QueueResult.LEAVE ? QueueResult.HANGUP : script;
    }
    Optional<URI> waitUrl = Urls.resolve(base, enqueue.attribute("waitUrl", ""));
    if (waitUrl.isEmpty()) {
      call.problem(14205, "Enqueue: invalid waitUrl");
      return QueueResult.ERROR;
    }
    return script == QueueResult.LEAVE
        ? music.playUntilTheCallerLeaves(waitUrl.get())
        : music.playOnce(waitUrl.get());
  }

  private QueueResult queue(Tag enqueue) {
    String workflowSid = enqueue.attribute("workflowSid", "");
    Books.Workflow workflow = network.books().workflows.get(workflowSid);
    if (!workflowSid.isEmpty() && workflow == null) {
      call.problem(20404, "Enqueue: unknown workflow " + workflowSid);
      return QueueResult.ERROR;
    }
    Optional<Tag> task = enqueue.child("Task");
    Optional<JsonObject> attributes = Json.parseObject(task.map(Tag::text).orElse("{}"));
    if (attributes.isEmpty()) {
      call.problem(14221, "Enqueue: task attributes are not JSON");
      return QueueResult.ERROR;
    }
    network.lets(call, Heard.Kind.QUEUED, workflowSid.isEmpty() ? enqueue.text() : workflowSid);
    network
        .timeline()
        .add("Twilio", "Flex", "waits in " + workflowSid, attributes.get().toString());
    QueueResult result = network.script().queue();
    if (workflow != null && result != QueueResult.QUEUE_FULL) {
      int priority = task.map(t -> Integer.parseInt(t.attribute("priority", "0"))).orElse(0);
      network
          .books()
          .add(
              new CreatedTask(
                  Sids.next("WT"),
                  workflow.workspaceSid(),
                  workflowSid,
                  "voice",
                  attributes.get(),
                  priority,
                  call.sid()));
    }
    return result;
  }
}
