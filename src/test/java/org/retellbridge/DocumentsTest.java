package org.retellbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;

/** What users read leads somewhere, and names settings that there are. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]+)(#[^)]*)?\\)");
  private static final Pattern ASSIGNED =
      Pattern.compile("`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=|`)");

  /** Read before any setting is, and therefore no setting. */
  private static final Set<String> NO_SETTINGS = Set.of("BRIDGE_ENV_FILE");

  /** The pages for those who set the bridge up; others name variables of servers as well. */
  private static final Pattern SET_UP = Pattern.compile("(first-call|migration|functions)\\.md");

  @TestFactory
  Stream<DynamicTest> leadsSomewhere() throws IOException {
    return documents().stream()
        .map(document -> DynamicTest.dynamicTest(document.toString(), () -> leads(document)));
  }

  private static void leads(Path document) throws IOException {
    List<String> nowhere =
        LINK.matcher(Files.readString(document))
            .results()
            .map(link -> link.group(1))
            .filter(target -> !target.contains("://"))
            .filter(target -> !Files.exists(document.resolveSibling(target)))
            .toList();
    assertThat(nowhere).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> namesSettingsThatThereAre() throws IOException {
    Set<String> settings =
        Catalogue.all().stream().map(Setting::variable).collect(Collectors.toSet());
    return documents().stream()
        .filter(document -> SET_UP.matcher(document.getFileName().toString()).matches())
        .map(
            document ->
                DynamicTest.dynamicTest(document.toString(), () -> names(document, settings)));
  }

  private static void names(Path document, Set<String> settings) throws IOException {
    assertThat(
            ASSIGNED
                .matcher(Files.readString(document))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !NO_SETTINGS.contains(name)))
        .allSatisfy(name -> assertThat(settings).contains(name));
  }

  @TestFactory
  Stream<DynamicTest> drawsWhatAnyReaderCanShow() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      List<Path> drawings = files.filter(file -> file.toString().endsWith(".svg")).toList();
      assertThat(drawings).isNotEmpty();
      return drawings.stream()
          .map(
              drawing ->
                  DynamicTest.dynamicTest(
                      drawing.toString(),
                      () ->
                          assertThat(
                                  DocumentBuilderFactory.newDefaultInstance()
                                      .newDocumentBuilder()
                                      .parse(drawing.toFile())
                                      .getElementsByTagName("title")
                                      .item(0)
                                      .getTextContent())
                              .isNotBlank()));
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md")),
              files.filter(file -> file.toString().endsWith(".md")))
          .map(document -> Path.of("./" + document))
          .toList();
    }
  }
}
