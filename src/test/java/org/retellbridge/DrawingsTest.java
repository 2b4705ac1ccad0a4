package org.retellbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.NodeList;

/** The documents' drawings are well-formed and say in words what they show. */
class DrawingsTest {

  @TestFactory
  Stream<DynamicTest> sayWhatTheyShow() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      List<Path> drawings = files.filter(file -> file.toString().endsWith(".svg")).toList();
      assertThat(drawings).isNotEmpty();
      return drawings.stream()
          .map(drawing -> DynamicTest.dynamicTest(drawing.toString(), () -> says(drawing)));
    }
  }

  private static void says(Path drawing) throws Exception {
    DocumentBuilder reader = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
    NodeList titles = reader.parse(drawing.toFile()).getElementsByTagName("title");
    assertThat(titles.getLength()).isPositive();
    assertThat(titles.item(0).getTextContent()).isNotBlank();
  }
}
