package org.retellbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.OpenApiDocument.Endpoint;
import org.retellbridge.twin.wire.Json;

/** The description of the API, read by somebody else's parser. */
class OpenApiDocumentTest {

  @Test
  void isValidOpenApi() throws IOException {
    SwaggerParseResult parsed = parsed();

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.");
  }

  @Test
  void describesEveryEndpointAndNoOther() throws IOException {
    TreeSet<String> described = new TreeSet<>();
    parsed()
        .getOpenAPI()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .keySet()
                    .forEach(verb -> described.add(verb + " " + path)));

    assertThat(described)
        .hasSizeGreaterThan(15)
        .containsExactlyInAnyOrderElementsOf(
            OpenApiDocument.endpoints().stream().map(Endpoint::name).toList());
  }

  @Test
  void hasWordsForEveryEndpointAndForNothingElse() throws IOException {
    assertThat(OpenApiDocument.words(OpenApiDocument.WORDS).keySet())
        .containsAll(OpenApiDocument.endpoints().stream().map(Endpoint::name).toList());
  }

  @Test
  void showsExamplesOfEveryRequestAndAnswer() throws IOException {
    OpenAPI api = parsed().getOpenAPI();

    for (Operation operation : operations(api)) {
      assertThat(operation.getSecurity()).as(operation.getOperationId()).isNotEmpty();
      if (operation.getRequestBody() != null) {
        assertThat(operation.getRequestBody().getContent().values())
            .as(operation.getOperationId())
            .allSatisfy(content -> assertThat(content.getExample()).isNotNull());
      }
      operation.getResponses().entrySet().stream()
          .filter(response -> !response.getKey().equals("204"))
          .forEach(
              response ->
                  assertThat(response.getValue().getContent().values())
                      .as(operation.getOperationId() + " " + response.getKey())
                      .isNotEmpty()
                      .allSatisfy(content -> assertThat(content.getExample()).isNotNull()));
    }
  }

  /** The original's statuses differ from function to function; its users test for them. */
  @ParameterizedTest
  @CsvSource({
    "/add_event,400,Not found",
    "/add_event_dyn,400,Not found",
    "/create_task,400,Missing task type",
    "/save_customer,404,Not found",
    "/lookup_events,404,Not found"
  })
  void saysHowAFunctionRefuses(String path, String status, String words) throws IOException {
    Map<String, ApiResponse> answers =
        parsed().getOpenAPI().getPaths().get(path).getPost().getResponses();

    assertThat(answers.get(status).getContent().get("application/json").getExample().toString())
        .contains(words);
    assertThat(answers.keySet().stream().filter(it -> it.equals("400") || it.equals("404")))
        .contains(status, "400")
        .hasSize(status.equals("400") ? 1 : 2);
  }

  /** Examples would otherwise go on showing arguments that nobody takes any more. */
  @Test
  void examplesFitTheFunctionsArguments() throws IOException {
    JsonObject paths = new OpenApiDocument(words()).json().getJsonObject("paths");

    for (Endpoint endpoint : OpenApiDocument.endpoints()) {
      JsonObject content =
          Json.child(
              Json.child(Json.child(Json.child(paths, endpoint.path()), "post"), "requestBody"),
              "content");
      JsonObject json = Json.child(content, "application/json");
      JsonObject arguments =
          Json.child(Json.child(Json.child(json, "schema"), "properties"), "args");
      Json.child(Json.child(json, "example"), "args")
          .keySet()
          .forEach(
              name ->
                  assertThat(Json.child(arguments, "properties").keySet())
                      .as(endpoint.name())
                      .contains(name));
    }
  }

  private static List<Operation> operations(OpenAPI api) {
    return api.getPaths().values().stream()
        .flatMap(item -> item.readOperations().stream())
        .toList();
  }

  private static SwaggerParseResult parsed() throws IOException {
    return new OpenAPIV3Parser().readContents(Yaml.of(new OpenApiDocument(words()).json()));
  }

  private static JsonObject words() throws IOException {
    return OpenApiDocument.words(OpenApiDocument.WORDS);
  }
}
