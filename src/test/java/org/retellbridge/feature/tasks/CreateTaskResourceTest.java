package org.retellbridge.feature.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.retellbridge.partner.retell.functions.Argument;

/** Flex accepts on the channel {@code voice} only calls that were queued, and a task is none. */
class CreateTaskResourceTest {
  private static final String CALLS_ONLY = "voice";

  @Test
  void tellsTheModelAChannelOnWhichTasksAreAccepted() {
    String told =
        Stream.of(CreateTaskResource.NewTask.class.getRecordComponents())
            .filter(component -> component.getName().equals("task_type"))
            .map(component -> component.getAnnotation(Argument.class).value())
            .findFirst()
            .orElseThrow();

    assertThat(told).contains("default").doesNotContain(CALLS_ONLY);
  }

  @Test
  void showsNoOtherChannelInExamples() throws IOException {
    List<Path> shown;
    try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
      shown =
          Stream.concat(
                  pages.filter(page -> page.toString().endsWith(".md")),
                  Stream.of(Path.of("README.md"), Path.of("src/main/openapi/endpoints.json")))
              .toList();
    }
    assertThat(shown)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            page ->
                assertThat(Files.readString(page))
                    .doesNotContainPattern("task_type[\"=: ]+" + CALLS_ONLY));
  }
}
