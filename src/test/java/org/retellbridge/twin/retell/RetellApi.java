package org.retellbridge.twin.retell;

import java.util.List;
import org.retellbridge.twin.wire.Handler;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;
import org.retellbridge.twin.wire.Routes;

/** Retell's REST API, as far as the bridge uses it. */
final class RetellApi implements Handler {

  private final RetellKeys keys;
  private final CallBook book;
  private volatile boolean validatesNumbers;
  private final Routes routes =
      new Routes()
          .add("POST", "/v2/register-phone-call", this::register)
          .add("GET", "/v2/get-call/{}", this::call)
          .add("GET", "/get-agent/{}", this::agent)
          .add("GET", "/get-api-key-info", this::keyInfo);

  RetellApi(RetellKeys keys, CallBook book) {
    this.keys = keys;
    this.book = book;
  }

  @Override
  public Reply handle(Request request) {
    try {
      if (!authorised(request)) {
        throw new Refusal(401, "Invalid API Key");
      }
      Refusal unknown = new Refusal(404, "Cannot " + request.method() + " " + request.rawPath());
      return routes.handle(request, unknown.reply());
    } catch (Refusal refusal) {
      return refusal.reply();
    }
  }

  /** The other key is one of the API too (inferred); what else it may do is not for the bridge. */
  private boolean authorised(Request request) {
    String bearer = request.header("authorization").orElse("");
    return bearer.equals("Bearer " + keys.api())
        || (bearer.equals("Bearer " + keys.webhook())
            && request.rawPath().equals("/get-api-key-info"));
  }

  private Reply register(Request request, List<String> places) {
    CallSpec spec = RegisterRequest.read(request);
    if (validatesNumbers) {
      refuseUnlessNumber("from_number", spec.from());
      refuseUnlessNumber("to_number", spec.to());
    }
    return Reply.json(201, book.register(spec).json());
  }

  /** With 400, as it does for other malformed fields; whether it does is unknown. */
  void validatesNumbers(boolean does) {
    validatesNumbers = does;
  }

  private static void refuseUnlessNumber(String field, String address) {
    if (!address.isEmpty() && !address.matches("\\+[1-9][0-9]{1,14}")) {
      throw new Refusal(400, "request/body/" + field + " must be in E.164 format");
    }
  }

  private Reply call(Request request, List<String> places) {
    return book.call(places.get(0))
        .map(call -> Reply.json(200, call.json()))
        .orElseThrow(() -> new Refusal(404, "Call not found"));
  }

  /** 422 is documented, also for register-phone-call; a version that is no number is not. */
  private Reply agent(Request request, List<String> places) {
    RetellAgent agent =
        book.agent(places.get(0)).orElseThrow(() -> new Refusal(422, "Agent not found"));
    int version =
        agent
            .version(request.query().get("version"))
            .orElseThrow(() -> new Refusal(422, "Agent version not found"));
    return Reply.json(
        200,
        Json.object()
            .add("agent_id", agent.agentId())
            .add("agent_name", agent.name())
            .add("version", version)
            .add("is_published", version <= agent.published())
            .add("webhook_url", agent.webhookUrl())
            .add(
                "response_engine",
                Json.object()
                    .add("type", "retell-llm")
                    .add("llm_id", "llm_" + agent.agentId())
                    .add("version", version))
            .build());
  }

  private Reply keyInfo(Request request, List<String> places) {
    return Reply.json(
        200, Json.object().add("api_key_name", "twin").add("org_name", "Twin Ltd").build());
  }
}
