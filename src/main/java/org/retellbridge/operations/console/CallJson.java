package org.retellbridge.operations.console;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Locale;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.History.Story;
import org.retellbridge.foundation.ledger.Moment;
import org.retellbridge.foundation.ledger.PhoneCall;

/** Calls as the page reads them; instants are milliseconds since 1970. */
final class CallJson {
  private CallJson() {}

  static JsonObjectBuilder of(PhoneCall call) {
    JsonObjectBuilder json =
        JsonText.object()
            .add("key", call.key())
            .add("agent", call.agentId())
            .add("from", call.from())
            .add("to", call.to())
            .add("stage", call.stage().text())
            .add("reason", call.reason())
            .add("started", call.started().toEpochMilli());
    call.callSid().ifPresent(sid -> json.add("call_sid", sid.value()));
    call.callId().ifPresent(id -> json.add("call_id", id.value()));
    call.ended().ifPresent(end -> json.add("ended", end.toEpochMilli()));
    return json;
  }

  static String of(Story story) {
    JsonArrayBuilder moments = JsonText.array();
    story.moments().stream().map(CallJson::of).forEach(moments::add);
    JsonObjectBuilder call = of(story.call());
    Direction.of(story).ifPresent(way -> call.add("direction", way));
    return JsonText.object().add("call", call).add("moments", moments).build().toString();
  }

  private static JsonObjectBuilder of(Moment moment) {
    JsonObjectBuilder facts = JsonText.object();
    EventFacts.of(moment).forEach(facts::add);
    JsonObjectBuilder json =
        JsonText.object()
            .add("at", moment.at().toEpochMilli())
            .add("kind", moment.kind().name().toLowerCase(Locale.ROOT))
            .add("name", moment.name())
            .add("facts", facts);
    moment.took().map(Duration::toMillis).ifPresent(millis -> json.add("took", millis));
    return json;
  }
}
