package org.retellbridge.feature.calls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.segment.CallerTraits;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** What the agent knows of the caller before the first word, such as {@code {{customer_name}}}. */
@ApplicationScoped
public class Greeting {
  /** Keeps a trait from passing for what the telephone network vouches for. */
  private static final String PREFIX = "customer_";

  private CallerTraits traits;

  Greeting() {}

  @Inject
  Greeting(CallerTraits traits) {
    this.traits = traits;
  }

  /** Dynamic variables for the agent; never fails. */
  CompletionStage<Map<String, String>> variables(VoiceWebhook webhook) {
    return traits.of(webhook.caller().flatMap(Caller::parse)).thenApply(Greeting::named);
  }

  /** The same variables, empty, without asking anybody. */
  Map<String, String> unknown() {
    return named(traits.ofNobody());
  }

  private static Map<String, String> named(Map<String, String> traits) {
    Map<String, String> variables = new LinkedHashMap<>();
    traits.forEach((name, text) -> variables.put(PREFIX + name, text));
    return variables;
  }
}
