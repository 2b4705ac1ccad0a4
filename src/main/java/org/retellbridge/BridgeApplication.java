package org.retellbridge;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.retellbridge.feature.calls.DialEndedResource;
import org.retellbridge.feature.calls.HoldResource;
import org.retellbridge.feature.calls.StartResource;
import org.retellbridge.feature.customers.LookupEventsResource;
import org.retellbridge.feature.customers.LookupResource;
import org.retellbridge.feature.customers.SaveCustomerResource;
import org.retellbridge.feature.handoffs.RedirectResource;
import org.retellbridge.feature.lifecycle.EventsResource;
import org.retellbridge.feature.messages.SendSmsResource;
import org.retellbridge.feature.tasks.CreateTaskResource;
import org.retellbridge.feature.tracking.AddEventResource;
import org.retellbridge.foundation.problems.UnexpectedFault;
import org.retellbridge.foundation.webhooks.ExactPaths;
import org.retellbridge.operations.FunctionsResource;
import org.retellbridge.operations.HiddenPaths;
import org.retellbridge.operations.OpenApiResource;
import org.retellbridge.operations.OperatorsGate;
import org.retellbridge.operations.OutboxResource;
import org.retellbridge.operations.PrometheusResource;
import org.retellbridge.operations.StatusResource;
import org.retellbridge.operations.SwitchesResource;
import org.retellbridge.operations.console.CallsResource;
import org.retellbridge.operations.console.ConsoleGate;
import org.retellbridge.operations.console.ConsoleHeaders;
import org.retellbridge.operations.console.DeadLettersResource;
import org.retellbridge.operations.console.DoctorsRoundResource;
import org.retellbridge.operations.console.LiveResource;
import org.retellbridge.operations.console.LoginResource;
import org.retellbridge.operations.console.PageResource;
import org.retellbridge.operations.console.PanelResource;
import org.retellbridge.operations.console.StateResource;
import org.retellbridge.operations.doctor.DoctorResource;
import org.retellbridge.operations.doctor.ProbeGate;
import org.retellbridge.operations.doctor.ProbeResource;
import org.retellbridge.partner.retell.events.RetellGate;
import org.retellbridge.partner.retell.functions.AnswerStatus;
import org.retellbridge.partner.retell.functions.AnswerWriter;
import org.retellbridge.partner.retell.functions.FunctionCallReader;
import org.retellbridge.partner.retell.functions.FunctionDiscovery;
import org.retellbridge.partner.retell.functions.FunctionGate;
import org.retellbridge.partner.twilio.TwilioGate;

/** Names every resource and provider: GlassFish answers 500 when it scans for them. */
@ApplicationPath("/")
public class BridgeApplication extends Application {

  /** What the bridge itself brings. */
  static final Set<Class<?>> BUILT_IN =
      Set.of(
          // calls
          StartResource.class,
          DialEndedResource.class,
          HoldResource.class,
          // customers
          LookupResource.class,
          LookupEventsResource.class,
          SaveCustomerResource.class,
          // tracking
          AddEventResource.class,
          // handoffs
          RedirectResource.class,
          // messages
          SendSmsResource.class,
          // tasks
          CreateTaskResource.class,
          // lifecycle
          EventsResource.class,
          RetellGate.class,
          // operations
          StatusResource.class,
          OpenApiResource.class,
          PrometheusResource.class,
          FunctionsResource.class,
          OutboxResource.class,
          SwitchesResource.class,
          OperatorsGate.class,
          HiddenPaths.class,
          // doctor
          DoctorResource.class,
          ProbeResource.class,
          ProbeGate.class,
          // console
          PageResource.class,
          PanelResource.class,
          LoginResource.class,
          CallsResource.class,
          DeadLettersResource.class,
          DoctorsRoundResource.class,
          StateResource.class,
          LiveResource.class,
          ConsoleGate.class,
          ConsoleHeaders.class,
          // functions
          FunctionGate.class,
          FunctionCallReader.class,
          AnswerWriter.class,
          AnswerStatus.class,
          // every request
          ExactPaths.class,
          TwilioGate.class,
          UnexpectedFault.class);

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes = new HashSet<>(BUILT_IN);
    // Functions that a company added; the built-in ones are among them too.
    classes.addAll(CDI.current().getBeanManager().getExtension(FunctionDiscovery.class).classes());
    return classes;
  }

  /**
   * Jersey (Payara, GlassFish) would show every path to anybody in {@code /application.wadl}, and
   * take 8 KiB for each answer before it knows its length; TwiML needs less than one.
   */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl",
        true,
        "jersey.config.server.contentLength.buffer",
        2_048);
  }
}
