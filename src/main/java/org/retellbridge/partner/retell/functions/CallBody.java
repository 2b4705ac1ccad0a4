package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;

/**
 * Reads what Retell sends, but not what was said in the call: Retell sends the transcript three
 * times, twice of these word by word, and as objects it takes twelve times the memory of its text.
 * Of it only the invocations of functions are kept, which tell one from its repeat.
 */
public final class CallBody {
  private CallBody() {}

  /** The object that the text holds; empty for anything else and for broken text. */
  public static Optional<JsonObject> parse(String text) {
    return JsonText.read(text, CallBody::whole);
  }

  /** The same for bytes, which must be UTF-8 throughout. */
  static Optional<JsonObject> parse(byte[] bytes) {
    return JsonText.utf8(bytes).flatMap(CallBody::parse);
  }

  private static Optional<JsonObject> whole(JsonParser parser) {
    return parser.next() == Event.START_OBJECT
        ? Optional.of(object(parser, CallBody::ofBody))
        : Optional.empty();
  }

  private static JsonObject object(JsonParser parser, Member member) {
    JsonObjectBuilder object = JsonText.object();
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.getString();
      member.read(name, parser.next(), parser).ifPresent(value -> object.add(name, value));
    }
    return object.build();
  }

  private static Optional<JsonValue> ofBody(String name, Event first, JsonParser parser) {
    return Optional.of(
        BodyShape.mayHoldConversation(name) && first == Event.START_OBJECT
            ? object(parser, CallBody::ofCall)
            : parser.getValue());
  }

  private static Optional<JsonValue> ofCall(String name, Event first, JsonParser parser) {
    if (RetellCall.holdsInvocations(name) && first == Event.START_ARRAY) {
      return Optional.of(invocations(parser));
    }
    if (RetellCall.isTranscript(name)) {
      skip(first, parser);
      return Optional.empty();
    }
    return Optional.of(parser.getValue());
  }

  private static JsonArray invocations(JsonParser parser) {
    JsonArrayBuilder kept = JsonText.array();
    while (parser.next() != Event.END_ARRAY) {
      JsonValue item = parser.getValue();
      if (RetellCall.isInvocation(item)) {
        kept.add(item);
      }
    }
    return kept.build();
  }

  /** By hand: {@code skipArray} is for the array that the parser is in, and there are objects. */
  private static void skip(Event first, JsonParser parser) {
    int depth = depth(first);
    while (depth > 0) {
      depth += depth(parser.next());
    }
  }

  private static int depth(Event event) {
    return switch (event) {
      case START_ARRAY, START_OBJECT -> 1;
      case END_ARRAY, END_OBJECT -> -1;
      default -> 0;
    };
  }

  /** What to do with a member of an object; empty for one that is left out. */
  @FunctionalInterface
  private interface Member {
    Optional<JsonValue> read(String name, Event first, JsonParser parser);
  }
}
