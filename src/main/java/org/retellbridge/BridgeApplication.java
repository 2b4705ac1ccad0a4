package org.retellbridge;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.retellbridge.feature.calls.DialEndedResource;
import org.retellbridge.feature.calls.StartResource;
import org.retellbridge.foundation.problems.UnexpectedFault;
import org.retellbridge.foundation.webhooks.ExactPaths;
import org.retellbridge.operations.OperatorsGate;
import org.retellbridge.operations.PrometheusResource;
import org.retellbridge.operations.StatusResource;
import org.retellbridge.partner.twilio.TwilioGate;

/** Names every resource and provider: GlassFish answers 500 when it scans for them. */
@ApplicationPath("/")
public class BridgeApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        // calls
        StartResource.class,
        DialEndedResource.class,
        // operations
        StatusResource.class,
        PrometheusResource.class,
        OperatorsGate.class,
        // every request
        ExactPaths.class,
        TwilioGate.class,
        UnexpectedFault.class);
  }
}
