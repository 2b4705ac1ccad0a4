package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/**
 * Every function as a custom tool of Retell, ready to be pasted into an agent or sent to the API
 * (docs.retellai.com/build/single-multi-prompt/custom-function).
 */
@ApplicationScoped
public class ToolDefinitions {
  /** Retell takes 1,000 to 600,000 ms per attempt; the bridge itself answers within its budget. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private FunctionDiscovery functions;
  private Optional<URI> base = Optional.empty();
  private List<String> events = List.of();
  private Duration timeout;

  ToolDefinitions() {}

  @Inject
  ToolDefinitions(FunctionDiscovery functions, Settings settings) {
    this.functions = functions;
    this.base = settings.find(Catalogue.PUBLIC_BASE_URL);
    this.events = settings.get(Catalogue.EVENT_FUNCTIONS);
    this.timeout = settings.get(Catalogue.FUNCTION_BUDGET).plus(MARGIN);
  }

  /**
   * All tools.
   *
   * @param seen the address that the request itself came to, for lack of {@code PUBLIC_BASE_URL}
   */
  public JsonArray all(URI seen) {
    // Names are unique in an agent: of /add_event and /add_event_dyn the first path offers them.
    Map<String, JsonObjectBuilder> tools = new LinkedHashMap<>();
    functions.classes().stream()
        .flatMap(FunctionMethods::of)
        .sorted(Comparator.comparing(FunctionMethods::path))
        .forEach(
            method ->
                names(method)
                    .forEach(name -> tools.computeIfAbsent(name, key -> tool(method, key, seen))));
    JsonArrayBuilder all = JsonText.array();
    tools.values().forEach(all::add);
    return all.build();
  }

  /** The method's name; a method that stands for the user's own events has several. */
  private List<String> names(Method method) {
    RetellFunction function = FunctionMethods.annotation(method);
    return function.namedByEvents() ? events : List.of(function.name());
  }

  private JsonObjectBuilder tool(Method method, String name, URI seen) {
    RetellFunction function = FunctionMethods.annotation(method);
    JsonObjectBuilder tool =
        JsonText.object()
            .add("type", "custom")
            .add("name", name)
            .add("description", function.description())
            .add("url", base.orElse(seen) + FunctionMethods.path(method))
            .add("method", "POST")
            .add("args_at_root", false)
            .add("timeout_ms", timeout.toMillis())
            .add("max_retry", function.effect() == RetellFunction.Effect.NONE ? 1 : 0)
            .add("speak_during_execution", !function.speakMeanwhile().isEmpty())
            .add("speak_after_execution", true)
            .add("parameters", ArgumentSchema.of(function.arguments()));
    if (!function.speakMeanwhile().isEmpty()) {
      tool.add("execution_message_type", "static_text")
          .add("execution_message_description", function.speakMeanwhile());
    }
    return tool;
  }
}
