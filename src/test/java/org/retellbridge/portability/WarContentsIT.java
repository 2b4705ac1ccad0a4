package org.retellbridge.portability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the shipped file. */
class WarContentsIT {
  private static final String LIBRARIES = "WEB-INF/lib/";
  private static final String CLASSES = "WEB-INF/classes/";

  @Test
  void bringsNoClassThatTheServerBrings() throws IOException {
    assertThat(classes().keySet())
        .isNotEmpty()
        .noneMatch(
            name ->
                name.startsWith("jakarta/")
                    || name.startsWith("javax/")
                    || name.startsWith("org/eclipse/microprofile/")
                    || name.startsWith("org/glassfish/")
                    || name.startsWith("org/jboss/"));
  }

  @Test
  void bringsEachClassOnce() throws IOException {
    assertThat(classes()).allSatisfy((name, places) -> assertThat(places).as(name).hasSize(1));
  }

  @Test
  void saysWhatItBringsAndUnderWhichLicence() throws IOException {
    try (ZipFile war = war()) {
      String licences = text(war, "META-INF/licences.txt");
      List<String> jars =
          war.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
              .map(name -> name.substring(LIBRARIES.length(), name.length() - ".jar".length()))
              .toList();

      assertThat(jars).isNotEmpty();
      assertThat(jars)
          .allSatisfy(
              jar -> {
                String coordinates = jar.replaceFirst("-(?=[0-9])", ":");
                assertThat(licences).contains(":" + coordinates + " ");
              });
    }
  }

  /** Names of classes, and where each is. */
  private static Map<String, List<String>> classes() throws IOException {
    Map<String, List<String>> classes = new HashMap<>();
    try (ZipFile war = war()) {
      for (ZipEntry entry : war.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith(CLASSES)) {
          note(classes, name.substring(CLASSES.length()), CLASSES);
        }
        if (name.startsWith(LIBRARIES) && name.endsWith(".jar")) {
          try (ZipInputStream jar = new ZipInputStream(war.getInputStream(entry))) {
            for (ZipEntry inside; (inside = jar.getNextEntry()) != null; ) {
              note(classes, inside.getName(), name);
            }
          }
        }
      }
    }
    return classes;
  }

  private static void note(Map<String, List<String>> classes, String name, String place) {
    boolean about =
        name.startsWith("META-INF/")
            || name.endsWith("module-info.class")
            || name.endsWith("package-info.class");
    if (name.endsWith(".class") && !about) {
      classes.computeIfAbsent(name, unused -> new ArrayList<>()).add(place);
    }
  }

  private static String text(ZipFile war, String name) throws IOException {
    try (InputStream in = war.getInputStream(war.getEntry(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static ZipFile war() throws IOException {
    return new ZipFile(Path.of(System.getProperty("bridge.war")).toFile());
  }
}
