package org.retellbridge.operations.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.retellbridge.foundation.ledger.Moment;
import org.retellbridge.partner.retell.events.KeptEvent;

/** What of a moment stands on the page; of a vendor's event what the vendor's package shows. */
final class EventFacts {
  private EventFacts() {}

  static Map<String, String> of(Moment moment) {
    String fields = moment.facts().get("fields");
    if (fields == null || fields.equals(Moment.UNREADABLE)) {
      return moment.facts();
    }
    Map<String, String> facts = new LinkedHashMap<>(moment.facts());
    facts.remove("fields");
    KeptEvent.parse(fields).map(KeptEvent::facts).ifPresent(facts::putAll);
    return facts;
  }
}
