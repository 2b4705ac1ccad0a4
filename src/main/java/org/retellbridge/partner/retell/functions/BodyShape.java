package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.CallId;

/**
 * Tells Retell's {@code {name, call, args}} from arguments alone, which may look alike: a caller
 * can talk the model into any argument.
 */
final class BodyShape {
  private static final String ARGS = "args";
  private static final String CALL = "call";
  private static final String CHAT = "chat";
  private static final String NAME = "name";

  /** What is Retell's own in a body of its words. */
  private static final Set<String> ENVELOPE = Set.of(NAME, CALL, CHAT, RetellCall.CHAT_ID);

  private BodyShape() {}

  /** Where a field of the body may hold what Retell knows of the call, or of the chat. */
  static boolean mayHoldConversation(String field) {
    return field.equals(CALL) || field.equals(CHAT);
  }

  /**
   * What Retell knows of the call, or of the chat. Where a chat's id stands is not documented: in
   * an object of its own, in the call's, or beside them.
   */
  static Optional<JsonObject> conversation(JsonObject body) {
    Optional<JsonObject> told = object(body, CALL).or(() -> object(body, CHAT));
    if (told.filter(RetellCall::named).isPresent()) {
      return told;
    }
    return object(body, CHAT)
        .flatMap(chat -> JsonText.text(chat, RetellCall.CHAT_ID))
        .or(() -> JsonText.text(body, RetellCall.CHAT_ID))
        .map(id -> ofChat(told.orElse(JsonValue.EMPTY_JSON_OBJECT), id))
        .or(() -> told);
  }

  private static Optional<JsonObject> object(JsonObject body, String field) {
    return body.get(field) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  private static JsonObject ofChat(JsonObject told, String id) {
    JsonObjectBuilder chat = JsonText.object();
    told.forEach(chat::add);
    return chat.add(RetellCall.CHAT_ID, id).build();
  }

  /**
   * Whether the body is one of Retell's webhooks, {@code {"event":"call_ended","call":{…}}} or
   * {@code {"event":"call_inbound","call_inbound":{…}}}. They are signed with the functions' key
   * and without their address, so that whoever receives one could post it here. Arguments alone may
   * be called {@code event} too; nothing of Retell's that has {@code args} is a webhook.
   */
  static boolean event(JsonObject body) {
    Optional<String> event = JsonText.text(body, "event");
    return event.isPresent()
        && !body.containsKey(ARGS)
        && (body.get("call") instanceof JsonObject
            || body.get(event.get()) instanceof JsonObject
            || body.get("chat") instanceof JsonObject chat
                && JsonText.text(chat, "chat_id").isPresent());
  }

  /**
   * Whether the body is Retell's own words, and only its {@link #arguments} the model's.
   *
   * <p>A {@code call} says so by itself; a {@code chat} may be anybody's argument.
   *
   * @param named the call in the tool's URL, which the model does not write: a body that speaks of
   *     another one is the model's
   */
  static boolean wrapped(JsonObject body, Optional<CallId> named) {
    boolean whole = body.get(ARGS) instanceof JsonObject && JsonText.text(body, NAME).isPresent();
    if (named.isEmpty()) {
      return whole || body.get(CALL) instanceof JsonObject;
    }
    return whole
        && conversation(body)
            .flatMap(conversation -> new RetellCall(conversation).callId())
            .equals(named);
  }

  /**
   * The model's words in a body that is Retell's. Nodes of a conversation flow were seen to write
   * them beside the call, without {@code args}.
   */
  static JsonObject arguments(JsonObject body) {
    if (body.containsKey(ARGS)) {
      return object(body, ARGS).orElse(JsonValue.EMPTY_JSON_OBJECT);
    }
    JsonObjectBuilder beside = JsonText.object();
    body.forEach(
        (field, value) -> {
          if (!ENVELOPE.contains(field)) {
            beside.add(field, value);
          }
        });
    return beside.build();
  }
}
