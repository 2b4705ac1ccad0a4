package org.retellbridge.feature.calls;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.telephony.CallFields;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.partner.twilio.QueueWait;
import org.retellbridge.partner.twilio.TaskAttributes;
import org.retellbridge.partner.twilio.Twiml;

/** One way of not leaving a caller alone. */
sealed interface Rung {
  /** Why the agent does not have the call, for the people who get it. */
  String REASON = "reason";

  void write(Twiml twiml, Fallen call) throws XMLStreamException;

  /** Its name in logs and metrics. */
  default String label() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Where the call is with it: Twilio comes back after most rungs, and not after the others. */
  default PhoneCall.Stage stage() {
    return PhoneCall.Stage.FALLBACK;
  }

  /**
   * A TwiML App, usually a Studio flow, which learns what it learns of a transfer, the reason, and
   * the rung that it stands on: a flow that cannot take the call sends it on from there, else it
   * would get it again for ever.
   */
  record Application(String sid, Duration timeout) implements Rung {
    @Override
    public void write(Twiml twiml, Fallen call) throws XMLStreamException {
      Map<String, String> parameters = new LinkedHashMap<>();
      call.original().ifPresent(leg -> parameters.put(CallFields.ORIGINAL_CALL_SID, leg.value()));
      call.caller().ifPresent(caller -> parameters.put(CallFields.CALLER, caller.address()));
      parameters.put(REASON, call.reason());
      parameters.put(CallFields.RUNG, Integer.toString(call.rung()));
      twiml.dialApplication(call.action(), timeout, sid, parameters);
    }
  }

  /** A Flex queue. */
  record Workflow(String sid, QueueWait limit) implements Rung {
    @Override
    public void write(Twiml twiml, Fallen call) throws XMLStreamException {
      Map<String, String> known = new LinkedHashMap<>();
      call.original().ifPresent(leg -> known.put(CallFields.ORIGINAL_CALL_SID, leg.value()));
      call.caller().ifPresent(caller -> known.put(CallFields.CALLER, caller.address()));
      known.put(REASON, call.reason());
      String task = new TaskAttributes(known, Map.of(), Set.of()).json();
      twiml.enqueue(call.action(), limit.url(""), sid, task);
    }
  }

  /** A telephone. Twilio refuses a caller id that is not a number, so one of ours stands in. */
  record Number(PhoneNumber telephone, Duration timeout, ShownNumber shown) implements Rung {
    @Override
    public void write(Twiml twiml, Fallen call) throws XMLStreamException {
      PhoneNumber callerId = shown.insteadOfTheCallers(call.webhook()).orElse(null);
      twiml.dialNumber(call.action(), timeout, callerId, telephone);
    }
  }

  /** TwiML of somebody else. */
  record Elsewhere(URI url) implements Rung {
    @Override
    public PhoneCall.Stage stage() {
      return PhoneCall.Stage.LEFT;
    }

    @Override
    public void write(Twiml twiml, Fallen call) throws XMLStreamException {
      twiml.redirect(url);
    }
  }

  /** A spoken sentence, and the end. */
  record Sentence(Locale language, String text) implements Rung {
    @Override
    public PhoneCall.Stage stage() {
      return PhoneCall.Stage.OVER;
    }

    @Override
    public void write(Twiml twiml, Fallen call) throws XMLStreamException {
      twiml.say(language, text);
      twiml.hangup();
    }
  }
}
