package org.retellbridge.partner.retell.functions;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
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
import java.util.Set;
import java.util.function.Consumer;
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

  private static final System.Logger LOGGER = System.getLogger(ToolDefinitions.class.getName());
  private static final int LONGEST_NAME = 64;

  private Set<Class<?>> resources = Set.of();
  private List<String> events = List.of();
  private Duration timeout;

  ToolDefinitions() {}

  @Inject
  ToolDefinitions(FunctionDiscovery functions, Settings settings) {
    this(functions.classes(), settings);
  }

  ToolDefinitions(Set<Class<?>> resources, Settings settings) {
    this.resources = resources;
    this.events = settings.get(Catalogue.EVENT_FUNCTIONS);
    this.timeout = settings.get(Catalogue.FUNCTION_BUDGET).plus(MARGIN);
  }

  /** Names what {@link #all} leaves out: it would be missed in the agent only. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    offered(trouble -> LOGGER.log(WARNING, "Not offered by /functions: {0}", trouble));
  }

  /**
   * All tools that Retell can take.
   *
   * @param base the bridge's own address, with any prefix
   */
  public JsonArray all(URI base) {
    JsonArrayBuilder all = JsonText.array();
    offered(trouble -> {}).forEach((name, method) -> all.add(tool(method, name, base)));
    return all.build();
  }

  /**
   * By their names, which are unique in an agent: of functions with one name the first path is
   * offered, and an event's name, which is a setting, never hides a function.
   */
  private Map<String, Method> offered(Consumer<String> trouble) {
    Map<String, Method> offered = new LinkedHashMap<>();
    Map<String, Method> byEvents = new LinkedHashMap<>();
    resources.stream()
        .flatMap(FunctionMethods::of)
        .sorted(Comparator.comparing(FunctionMethods::path))
        .forEach(
            method -> {
              if (FunctionMethods.annotation(method).namedByEvents()) {
                // Of /add_event and /add_event_dyn the first path.
                events.forEach(name -> byEvents.putIfAbsent(name, method));
                return;
              }
              offer(FunctionMethods.annotation(method).name(), method, offered, trouble);
            });
    byEvents.forEach((name, method) -> offer(name, method, offered, trouble));
    return offered;
  }

  private static void offer(
      String name, Method method, Map<String, Method> offered, Consumer<String> trouble) {
    String path = FunctionMethods.path(method);
    if (!Names.plain(name) || name.length() > LONGEST_NAME) {
      trouble.accept(
          path + ", because its name is not 1 to 64 letters, digits, _ and -: \"" + name + "\"");
      return;
    }
    Method first = offered.putIfAbsent(name, method);
    if (first != null) {
      trouble.accept(path + " as " + name + ", the name of " + FunctionMethods.path(first));
    }
  }

  private JsonObjectBuilder tool(Method method, String name, URI base) {
    RetellFunction function = FunctionMethods.annotation(method);
    Duration wait = Duration.ofMillis(function.offeredDelay());
    JsonObjectBuilder tool =
        JsonText.object()
            .add("type", "custom")
            .add("name", name)
            .add("description", function.description())
            .add("url", base + FunctionMethods.path(method) + query(wait))
            .add("method", "POST")
            .add("args_at_root", false)
            .add("timeout_ms", timeout.plus(wait).toMillis())
            // Retell would repeat a 404 as well, and the caller hear nothing meanwhile.
            .add("max_retry", 0)
            .add("speak_during_execution", !function.speakMeanwhile().isEmpty())
            .add("speak_after_execution", true)
            .add("parameters", ArgumentSchema.of(function.arguments()));
    if (!function.speakMeanwhile().isEmpty()) {
      // A sentence of ours would be in one language.
      tool.add("execution_message_type", "prompt")
          .add("execution_message_description", function.speakMeanwhile());
    }
    return tool;
  }

  private static String query(Duration wait) {
    return wait.isZero() ? "" : "?delay=" + wait.toMillis();
  }
}
