package org.retellbridge.feature.handoffs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.twilio.QueueWait;

/** Where a call may go. The tool's URL decides, which the model never writes; else the settings. */
@ApplicationScoped
public class Destinations {
  private static final Pattern APPLICATION = Pattern.compile("AP[0-9a-fA-F]{32}");
  private static final Pattern WORKFLOW = Pattern.compile("WW[0-9a-fA-F]{32}");

  private Optional<String> usual = Optional.empty();
  private Duration timeout;
  private QueueWait limit;

  Destinations() {}

  @Inject
  Destinations(Settings settings) {
    usual = settings.find(Catalogue.TWILIO_APPLICATION_SID);
    timeout = settings.get(Catalogue.DIAL_TIMEOUT);
    limit = new QueueWait(settings);
  }

  /**
   * Empty when nothing names a destination, or when what names one is no SID: then the settings do
   * not stand in, because the call would go to the wrong people.
   */
  Optional<Destination> of(FunctionCall call) {
    Optional<String> workflow = call.inQuery("workflowSid");
    if (workflow.isPresent()) {
      return workflow
          .filter(sid -> WORKFLOW.matcher(sid).matches())
          .map(sid -> new Destination.Workflow(sid, limit));
    }
    return call.inQuery("applicationSid")
        .or(() -> usual)
        .filter(sid -> APPLICATION.matcher(sid).matches())
        .map(sid -> new Destination.Application(sid, timeout));
  }
}
