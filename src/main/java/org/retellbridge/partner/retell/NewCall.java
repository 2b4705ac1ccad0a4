package org.retellbridge.partner.retell;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.PhoneNumber;

/**
 * A call to register.
 *
 * @param agent who answers
 * @param outbound whether Twilio placed the call; then {@code to} is the agent's {@code
 *     {{user_number}}}, else {@code from}
 * @param from the address that the call comes from, as Twilio writes it; empty for a withheld one
 * @param to the address that the call goes to
 * @param metadata what comes back in the call object
 * @param variables the agent's dynamic variables; texts only, because Retell takes nothing else
 */
public record NewCall(
    AgentName agent,
    boolean outbound,
    Optional<String> from,
    Optional<String> to,
    Map<String, String> metadata,
    Map<String, String> variables) {
  /** What Retell counts; longer digits, such as a date and a time, are an environment's tag. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** Whether a version is written as a number, and not as a tag. */
  static boolean isNumber(String version) {
    return NUMBER.matcher(version).matches();
  }

  /**
   * The same without addresses that are no numbers, such as a client's; empty where there is none.
   * Metadata and variables keep them.
   */
  Optional<NewCall> withNumbersAlone() {
    Optional<String> caller = from.filter(NewCall::isE164);
    Optional<String> called = to.filter(NewCall::isE164);
    return caller.equals(from) && called.equals(to)
        ? Optional.empty()
        : Optional.of(new NewCall(agent, outbound, caller, called, metadata, variables));
  }

  private static boolean isE164(String address) {
    return PhoneNumber.parse(address).isPresent();
  }

  /**
   * The body of {@code POST /v2/register-phone-call}.
   *
   * @param events where Retell shall report this call; empty to leave that to the agent
   */
  String toJson(Optional<URI> events) {
    JsonObjectBuilder body = JsonText.object().add("agent_id", agent.id());
    agent
        .version()
        .filter(version -> !agent.newest()) // what Retell takes when none is named
        .ifPresent(
            version -> {
              if (isNumber(version)) {
                body.add("agent_version", Integer.parseInt(version));
              } else {
                body.add("agent_version", version);
              }
            });
    body.add("direction", outbound ? "outbound" : "inbound");
    from.ifPresent(address -> body.add("from_number", address));
    to.ifPresent(address -> body.add("to_number", address));
    body.add("metadata", texts(metadata)).add("retell_llm_dynamic_variables", texts(variables));
    events.ifPresent(url -> body.add("agent_override", reporting(url)));
    return body.build().toString();
  }

  /** For this call it replaces a webhook that the agent has itself. */
  private static JsonObject reporting(URI url) {
    JsonArrayBuilder names = JsonText.array();
    EventNames.ALL.forEach(names::add);
    return JsonText.object()
        .add(
            "agent",
            JsonText.object().add("webhook_url", url.toString()).add("webhook_events", names))
        .build();
  }

  private static JsonObject texts(Map<String, String> all) {
    JsonObjectBuilder texts = JsonText.object();
    all.forEach(texts::add);
    return texts.build();
  }
}
