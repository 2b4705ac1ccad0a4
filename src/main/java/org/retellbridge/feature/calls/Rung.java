package org.retellbridge.feature.calls;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.partner.twilio.QueueWait;
import org.retellbridge.partner.twilio.Twiml;

/** One way of not leaving a caller alone. */
sealed interface Rung {

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
      call.original().ifPresent(leg -> parameters.put("original_call_sid", leg.value()));
      call.webhook()
          .caller()
          .flatMap(Caller::parse)
          .ifPresent(caller -> parameters.put("caller", caller.address()));
      parameters.put("reason", call.reason());
      parameters.put("rung", Integer.toString(call.rung()));
      twiml.dialApplication(call.action(), timeout, sid, parameters);
    }
  }

  /** A Flex queue. */
  record Workflow(String sid, QueueWait limit) implements Rung {
    @Override
    public void write(Twiml twiml, Fallen call) throws XMLStreamException {
      String leg =
          call.original().map(it -> "\"original_call_sid\":\"" + it.value() + "\",").orElse("");
      String task = "{" + leg + "\"reason\":\"" + call.reason() + "\"}";
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
