package org.retellbridge.partner.retell;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;

/**
 * A call to register.
 *
 * @param agent who answers
 * @param outbound whether Twilio placed the call; decides which number is {@code {{user_number}}}
 * @param from the address that the call comes from, as Twilio writes it
 * @param to the address that the call goes to
 * @param context what comes back in the call object and stands in the agent's dynamic variables;
 *     texts only, because Retell takes nothing else there
 */
public record NewCall(
    Agent agent,
    boolean outbound,
    Optional<String> from,
    Optional<String> to,
    Map<String, String> context) {

  /** The body of {@code POST /v2/register-phone-call}. */
  String toJson() {
    JsonObjectBuilder body = JsonText.object().add("agent_id", agent.id());
    agent
        .version()
        .filter(version -> !version.equals(Agent.NEWEST)) // what Retell takes when none is named
        .ifPresent(
            version -> {
              if (version.chars().allMatch(Character::isDigit)) {
                body.add("agent_version", Integer.parseInt(version));
              } else {
                body.add("agent_version", version);
              }
            });
    body.add("direction", outbound ? "outbound" : "inbound");
    from.ifPresent(address -> body.add("from_number", address));
    to.ifPresent(address -> body.add("to_number", address));
    JsonObject texts = texts();
    return body.add("metadata", texts)
        .add("retell_llm_dynamic_variables", texts)
        .build()
        .toString();
  }

  private JsonObject texts() {
    JsonObjectBuilder texts = JsonText.object();
    context.forEach(texts::add);
    return texts.build();
  }
}
