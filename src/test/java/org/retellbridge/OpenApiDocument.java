package org.retellbridge;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.retellbridge.partner.retell.functions.DescribedFunction;
import org.retellbridge.twin.wire.Json;

/**
 * Derives the OpenAPI document from the code: paths, verbs, proofs and arguments from the resources
 * and their annotations, words and examples from src/main/openapi. The build runs it, and puts what
 * it writes into the WAR.
 */
public final class OpenApiDocument {
  static final java.nio.file.Path WORDS = java.nio.file.Path.of("src/main/openapi/endpoints.json");

  private static final String PROBLEM = "#/components/schemas/Problem";

  /** What opens a resource, by its name binding. */
  private static final Map<String, Proof> PROOFS =
      Map.of(
          "TwilioWebhook", new Proof("twilio", 403, "Signature mismatch"),
          "RetellFunction", new Proof("retell", 401, "Signature mismatch"),
          "RetellWebhook", new Proof("retell", 401, "Signature mismatch"),
          "OperatorsOnly", new Proof("operations", 404, "Not Found"),
          "ProbeOnly", new Proof("probe", 404, "Not Found"));

  /** How large a vendor's body may be. */
  private static final Map<String, String> LARGEST = Map.of("twilio", "64 KiB", "retell", "8 MiB");

  private final JsonObject words;

  OpenApiDocument(JsonObject words) {
    this.words = words;
  }

  public static void main(String[] arguments) throws IOException {
    java.nio.file.Path target = java.nio.file.Path.of(arguments[0]);
    java.nio.file.Path words = java.nio.file.Path.of(arguments[1]);
    Files.createDirectories(target.getParent());
    Files.writeString(target, Yaml.of(new OpenApiDocument(words(words)).json()));
  }

  static JsonObject words(java.nio.file.Path file) throws IOException {
    return Json.parseObject(Files.readString(file)).orElseThrow();
  }

  /** An endpoint that is described. */
  record Endpoint(String path, String verb, Method method) {
    String name() {
      return verb + " " + path;
    }
  }

  private record Proof(String scheme, int refusal, String title) {}

  /** Every endpoint of an API; the console's are pages for people. */
  static List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    for (Class<?> resource : BridgeApplication.BUILT_IN) {
      if (resource.isAnnotationPresent(Path.class)) {
        for (Method method : resource.getMethods()) {
          verb(method)
              .map(verb -> new Endpoint(path(resource, method), verb, method))
              .filter(endpoint -> !endpoint.path().startsWith("/console"))
              .ifPresent(all::add);
        }
      }
    }
    return all;
  }

  JsonObject json() throws IOException {
    Map<String, Map<String, JsonObject>> paths = new TreeMap<>();
    for (Endpoint endpoint : endpoints()) {
      paths
          .computeIfAbsent(endpoint.path(), path -> new TreeMap<>())
          .put(endpoint.verb().toLowerCase(java.util.Locale.ROOT), operation(endpoint));
    }
    JsonObjectBuilder all = Json.object();
    paths.forEach(
        (path, verbs) -> {
          JsonObjectBuilder item = Json.object();
          verbs.forEach(item::add);
          all.add(path, item);
        });
    return Json.object()
        .add("openapi", "3.0.3")
        .add("info", info())
        .add(
            "servers",
            Json.array()
                .add(
                    Json.object()
                        .add("url", "/")
                        .add("description", "PUBLIC_BASE_URL, with its path prefix")))
        .add("tags", tags())
        .add("paths", all)
        .add("components", components())
        .build();
  }

  private JsonObject operation(Endpoint endpoint) {
    JsonObject told = Json.child(words, endpoint.name());
    Optional<DescribedFunction> function = DescribedFunction.of(endpoint.method());
    JsonObjectBuilder operation =
        Json.object()
            .add("tags", Json.array().add(told.getString("tag", "operations")))
            .add("operationId", operationId(endpoint))
            .add(
                "summary",
                told.getString(
                    "summary",
                    function.map(DescribedFunction::description).orElse(endpoint.name())));
    Json.text(told, "description").ifPresent(text -> operation.add("description", text));
    List<Proof> proofs = proofs(endpoint.method(), function);
    JsonArrayBuilder security = Json.array();
    proofs.forEach(proof -> security.add(Json.object().add(proof.scheme(), Json.array())));
    operation.add("security", security);
    JsonArrayBuilder parameters = parameters(endpoint, Json.child(told, "parameters"));
    operation.add("parameters", parameters);
    request(told, function).ifPresent(body -> operation.add("requestBody", body));
    return operation.add("responses", responses(endpoint, told, function, proofs)).build();
  }

  private static JsonArrayBuilder parameters(Endpoint endpoint, JsonObject told) {
    Map<String, String> places = new LinkedHashMap<>();
    told.keySet().forEach(name -> places.put(name, "query"));
    for (Parameter parameter : endpoint.method().getParameters()) {
      QueryParam query = parameter.getAnnotation(QueryParam.class);
      PathParam path = parameter.getAnnotation(PathParam.class);
      if (query != null) {
        places.put(query.value(), "query");
      }
      if (path != null) {
        places.put(path.value(), "path");
      }
    }
    JsonArrayBuilder all = Json.array();
    places.forEach(
        (name, place) ->
            all.add(
                Json.object()
                    .add("name", name)
                    .add("in", place)
                    .add("required", place.equals("path"))
                    .add("description", told.getString(name, name))
                    .add("schema", Json.object().add("type", "string"))));
    return all;
  }

  private static Optional<JsonObject> request(
      JsonObject told, Optional<DescribedFunction> function) {
    if (function.isPresent()) {
      JsonObject call =
          Json.object()
              .add("call_id", "call_0123456789abcdef")
              .add("agent_id", "agent_a")
              .add("call_type", "phone_call")
              .add("direction", "inbound")
              .add("from_number", "+61491570006")
              .add("to_number", "+61255500000")
              .build();
      JsonObject example =
          Json.object()
              .add("name", "the_tool")
              .add("call", call)
              .add("args", Json.child(told, "args"))
              .build();
      JsonObject schema =
          Json.object()
              .add("type", "object")
              .add("required", Json.array().add("args"))
              .add(
                  "properties",
                  Json.object()
                      .add("name", Json.object().add("type", "string"))
                      .add("call", Json.object().add("$ref", "#/components/schemas/Call"))
                      .add("args", argumentsSchema(function.get().schema())))
              .build();
      return Optional.of(body("application/json", schema, example));
    }
    JsonObject request = Json.child(told, "request");
    return request.isEmpty()
        ? Optional.empty()
        : Optional.of(
            body(
                request.getString("type"),
                Json.object().add("type", "object").build(),
                request.get("example")));
  }

  /** An empty list of required fields is no valid schema. */
  private static JsonObject argumentsSchema(JsonObject schema) {
    JsonObjectBuilder valid = Json.object(schema);
    if (schema.getJsonArray("required").isEmpty()) {
      valid.remove("required");
    }
    return valid.build();
  }

  private static JsonObject body(String type, JsonObject schema, JsonValue example) {
    return Json.object()
        .add("required", true)
        .add("content", content(type, schema, example))
        .build();
  }

  private static JsonObject content(String type, JsonObject schema, JsonValue example) {
    return Json.object()
        .add(type, Json.object().add("schema", schema).add("example", example))
        .build();
  }

  private static JsonObject responses(
      Endpoint endpoint,
      JsonObject told,
      Optional<DescribedFunction> function,
      List<Proof> proofs) {
    Map<String, JsonObject> all = new TreeMap<>();
    Json.child(told, "responses")
        .forEach((status, response) -> all.put(status, response(response.asJsonObject())));
    if (function.isPresent()) {
      all.putIfAbsent("400", problem(400, "The body is not a JSON object", "Bad Request"));
    }
    if (endpoint.verb().equals("POST")) {
      proofs.stream()
          .map(Proof::scheme)
          .filter(LARGEST::containsKey)
          .reduce((one, other) -> one.equals("retell") ? one : other)
          .ifPresent(
              scheme ->
                  all.put(
                      "413",
                      problem(
                          413,
                          "The body is larger than " + LARGEST.get(scheme),
                          "Content Too Large")));
    }
    if (proofs.size() > 1) {
      all.put(
          "403", problem(403, "Not exactly one of the signatures is genuine", "Signature missing"));
    } else {
      proofs.forEach(
          proof ->
              all.put(
                  Integer.toString(proof.refusal()),
                  problem(proof.refusal(), "Without its proof", proof.title())));
    }
    JsonObjectBuilder json = Json.object();
    all.forEach(json::add);
    return json.build();
  }

  private static JsonObject response(JsonObject told) {
    JsonObjectBuilder response = Json.object().add("description", told.getString("description"));
    JsonValue example = told.get("example");
    if (example != null) {
      String type = told.getString("type", "application/json");
      JsonObject schema =
          type.equals("application/problem+json")
              ? Json.object().add("$ref", PROBLEM).build()
              : Json.object().add("type", jsonType(example)).build();
      response.add("content", content(type, fitting(schema, example), example));
    }
    return response.build();
  }

  private static JsonObject fitting(JsonObject schema, JsonValue example) {
    return example.getValueType() == JsonValue.ValueType.ARRAY
        ? Json.object(schema).add("items", Json.object().add("type", "object")).build()
        : schema;
  }

  private static String jsonType(JsonValue value) {
    return switch (value.getValueType()) {
      case ARRAY -> "array";
      case STRING -> "string";
      default -> "object";
    };
  }

  private static JsonObject problem(int status, String description, String title) {
    JsonObject example = Json.object().add("status", status).add("title", title).build();
    return Json.object()
        .add("description", description)
        .add(
            "content",
            content(
                "application/problem+json", Json.object().add("$ref", PROBLEM).build(), example))
        .build();
  }

  private static List<Proof> proofs(Method method, Optional<DescribedFunction> function) {
    Set<String> names = new TreeSet<>();
    Stream.concat(
            Arrays.stream(method.getAnnotations()),
            Arrays.stream(method.getDeclaringClass().getAnnotations()))
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(NameBinding.class))
        .forEach(type -> names.add(type.getSimpleName()));
    List<Proof> proofs = new ArrayList<>();
    for (String name : names) {
      Proof proof = PROOFS.get(name);
      if (proof == null) {
        throw new IllegalStateException("How is @" + name + " opened? Say so in PROOFS.");
      }
      proofs.add(proof);
    }
    if (function.map(DescribedFunction::twoVendors).orElse(false)) {
      proofs.add(PROOFS.get("TwilioWebhook"));
    }
    return proofs;
  }

  private static JsonObject info() throws IOException {
    Properties version = new Properties();
    try (InputStream in =
        OpenApiDocument.class.getResourceAsStream("/org/retellbridge/version.properties")) {
      version.load(in);
    }
    return Json.object()
        .add("title", "twilio-retell-bridge")
        .add("version", version.getProperty("version"))
        .add(
            "description",
            "Twilio's voice webhooks, the functions and events of Retell, and the operating side of"
                + " the bridge. Paths are exact; what has no good proof learns nothing.")
        .build();
  }

  private static JsonArrayBuilder tags() {
    JsonArrayBuilder tags = Json.array();
    Map.of(
            "calls", "What Twilio asks while a call is under way",
            "functions", "What Retell's agents may call",
            "lifecycle", "What Retell tells of calls",
            "operations", "What operators ask, with OPERATIONS_TOKEN")
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            tag ->
                tags.add(
                    Json.object().add("name", tag.getKey()).add("description", tag.getValue())));
    return tags;
  }

  private static JsonObject components() {
    JsonObject text = Json.object().add("type", "string").build();
    return Json.object()
        .add(
            "securitySchemes",
            Json.object()
                .add("twilio", header("X-Twilio-Signature", "HMAC-SHA1 over URL and form"))
                .add(
                    "retell",
                    header("X-Retell-Signature", "v=<milliseconds>,d=<hex of HMAC-SHA256>"))
                .add("probe", header("X-Bridge-Probe", "The bridge's own seal"))
                .add(
                    "operations",
                    Json.object()
                        .add("type", "http")
                        .add("scheme", "bearer")
                        .add("description", "OPERATIONS_TOKEN")))
        .add(
            "schemas",
            Json.object()
                .add(
                    "Problem",
                    Json.object()
                        .add("type", "object")
                        .add("description", "RFC 9457")
                        .add("required", Json.array().add("status").add("title"))
                        .add(
                            "properties",
                            Json.object()
                                .add("status", Json.object().add("type", "integer"))
                                .add("title", text)
                                .add("instance", text)))
                .add(
                    "Call",
                    Json.object()
                        .add("type", "object")
                        .add("description", "Retell's call object; more fields may follow")
                        .add(
                            "properties",
                            Json.object()
                                .add("call_id", text)
                                .add("agent_id", text)
                                .add("call_type", text)
                                .add("direction", text)
                                .add("from_number", text)
                                .add("to_number", text)
                                .add("metadata", Json.object().add("type", "object"))
                                .add(
                                    "retell_llm_dynamic_variables",
                                    Json.object().add("type", "object")))))
        .build();
  }

  private static JsonObject header(String name, String description) {
    return Json.object()
        .add("type", "apiKey")
        .add("in", "header")
        .add("name", name)
        .add("description", description)
        .build();
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Class<?> resource, Method method) {
    Path own = method.getAnnotation(Path.class);
    String whole =
        resource.getAnnotation(Path.class).value() + "/" + (own == null ? "" : own.value());
    return "/" + whole.replaceAll("^/+|/+$", "").replaceAll("/+", "/");
  }

  private static String operationId(Endpoint endpoint) {
    return (endpoint.verb().toLowerCase(java.util.Locale.ROOT) + endpoint.path())
        .replaceAll("[^A-Za-z0-9]+", "_");
  }
}
