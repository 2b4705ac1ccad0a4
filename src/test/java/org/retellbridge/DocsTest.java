package org.retellbridge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;

/** Holds the documents to the code: what they name exists, and what exists is named. */
class DocsTest {
  private static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("docs");
  private static final Path ARCHITECTURE = DOCS.resolve("architecture.md");
  private static final Path MAIN = Path.of("src/main/java/org/retellbridge");

  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern SETTING = Pattern.compile("([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=.*)?");
  private static final Pattern PACKAGE =
      Pattern.compile("\\b(?:(?:feature|partner|foundation)(?:\\.[a-z]+)+|operations[.a-z]*)\\b");
  private static final Pattern TYPE = Pattern.compile("@?((?:[A-Z][a-z0-9]+){2,}(?:IT)?)");

  /** Read before any setting is, or by servers. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "BRIDGE_ENV_FILE",
          "HTTP_HOST",
          "DB_HOST",
          "DB_PORT",
          "DB_NAME",
          "DB_USER",
          "DB_PASSWORD",
          "POSTGRESQL_DIR");

  /** Types of others that the documents speak of. */
  private static final Set<String> FOREIGN =
      Set.of(
          "CompletionStage",
          "ResponseExceptionMapper",
          "BigDecimal",
          "ApplicationScoped",
          "RequestScoped",
          "Transactional");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
          broken.add(page + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsReachedFromTheReadme() {
    Set<Path> reached = new HashSet<>();
    reach(README, reached);
    assertThat(reached).containsAll(pages().stream().filter(page -> !decision(page)).toList());
  }

  @Test
  void everySettingIsExplained() {
    String all = all() + read(Path.of(".env.example"));
    assertThat(settings().stream().filter(name -> !all.contains(name))).isEmpty();
  }

  @Test
  void everySettingThatIsNamedExists() {
    Set<String> known = settings();
    known.addAll(NO_SETTINGS);
    for (Path page : pages().stream().filter(page -> !decision(page)).toList()) {
      assertThat(
              codes(page).stream()
                  .filter(code -> SETTING.matcher(code).matches())
                  .filter(code -> !known.contains(code.replaceAll("=.*", ""))))
          .as(page.toString())
          .isEmpty();
    }
  }

  @Test
  void everyEndpointIsNamed() {
    String all = all();
    assertThat(endpoints()).hasSizeGreaterThan(10);
    assertThat(
            endpoints().stream()
                // What the console's page asks for is its own affair.
                .filter(path -> !path.startsWith("/console/"))
                .filter(path -> !all.contains(path)))
        .isEmpty();
  }

  /** Vendors need each of them, and nobody from outside an operators' one. */
  @Test
  void theIngressLetsInWhatVendorsCallAndNothingElse() {
    String ingress = read(Path.of("server-config/kubernetes/ingress.yaml"));
    assertThat(find(Pattern.compile("(?<=path: )/[^,]*(?=, pathType: Exact,)"), ingress))
        .containsExactlyInAnyOrderElementsOf(endpoints(DocsTest::forVendors));
    assertThat(ingress).doesNotContain("pathType: Prefix");
  }

  private static boolean forVendors(Class<?> resource) {
    return Arrays.stream(resource.getAnnotations())
        .map(gate -> gate.annotationType().getSimpleName())
        .noneMatch(Set.of("OperatorsOnly", "ConsoleSide")::contains);
  }

  @Test
  void thePictureShowsEveryPackageAndNoOther() {
    Set<String> shown = find(PACKAGE, picture()).collect(Collectors.toSet());
    assertThat(shown).containsExactlyInAnyOrderElementsOf(packages());
  }

  @Test
  void thePicturesArrowsAreWhatFeaturesMayUse() {
    Set<String> drawn =
        Pattern.compile("(?m)^ *(\\w+) --> (\\w+)$")
            .matcher(picture())
            .results()
            .map(arrow -> (arrow.group(1) + " uses " + arrow.group(2)).replace('_', '.'))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> declared = new TreeSet<>();
    for (String feature : packages()) {
      if (feature.startsWith("feature.")) {
        Path info = MAIN.resolve(feature.replace('.', '/')).resolve("package-info.java");
        find(Pattern.compile("(?<=\")partner[.a-z]+(?=\")"), read(info))
            .forEach(partner -> declared.add(feature + " uses " + partner));
      }
    }
    assertThat(drawn).containsExactlyElementsOf(declared);
  }

  @Test
  void everyPackageThatIsNamedExists() {
    Set<String> packages = packages();
    for (Path page : pages()) {
      assertThat(
              codes(page).stream()
                  .filter(code -> code.matches("(feature|partner|foundation)(\\.[a-z]+)+"))
                  .filter(code -> !packages.contains(code)))
          .as(page.toString())
          .isEmpty();
    }
  }

  @Test
  void everyTypeThatTheTourNamesExists() {
    Set<String> types = types();
    for (String page : List.of("architecture.md", "contributing.md", "own-functions.md")) {
      List<String> named =
          codes(DOCS.resolve(page)).stream()
              .filter(code -> TYPE.matcher(code).matches())
              .map(code -> code.replace("@", ""))
              .toList();
      assertThat(named).as(page).isNotEmpty();
      assertThat(named.stream().filter(name -> !types.contains(name))).as(page).isEmpty();
    }
  }

  /** Whoever copies it sends the operations token with each scrape. */
  @Test
  void thePrometheusExampleShowsItsTokenToNobodyElse() {
    String metrics = read(DOCS.resolve("metrics.md"));
    int begins = metrics.indexOf("    scrape_configs:");
    assertThat(begins).isPositive();
    assertThat(metrics.substring(begins, metrics.indexOf("\n\n", begins)).lines())
        .contains("        follow_redirects: false")
        .anyMatch(line -> line.matches(" {8}scheme: https( +#.*)?"))
        .anyMatch(line -> line.matches(" {10}credentials_file: .+"));
  }

  @Test
  void everyMermaidPictureIsInShape() {
    for (Path page : pages()) {
      FENCE
          .matcher(read(page))
          .results()
          .filter(fence -> fence.group(1).equals("mermaid"))
          .forEach(fence -> assertInShape(page, fence.group(2)));
    }
  }

  @Test
  void everyDecisionHasItsParts() {
    List<Path> decisions = pages().stream().filter(DocsTest::decision).toList();
    assertThat(decisions)
        .isNotEmpty()
        .allSatisfy(
            page -> {
              String name = page.getFileName().toString();
              assertThat(name).matches("[0-9]{4}-[a-z0-9-]+\\.md");
              assertThat(read(page))
                  .startsWith("# " + Integer.parseInt(name.substring(0, 4)) + ". ")
                  .containsSubsequence(
                      "\nStatus: ", "\n## Context\n", "\n## Decision\n", "\n## Consequence");
            });
    assertThat(decisions)
        .extracting(page -> page.getFileName().toString().substring(0, 4))
        .doesNotHaveDuplicates();
  }

  private static void assertInShape(Path page, String picture) {
    String first = picture.strip().lines().findFirst().orElse("");
    assertThat(first).as(page.toString()).matches("(flowchart (LR|TB|TD)|sequenceDiagram)");
    boolean sequence = first.equals("sequenceDiagram");
    long opened =
        picture.lines().filter(line -> line.matches(" *(subgraph|alt|opt|loop|par) .*")).count();
    long closed = picture.lines().filter(line -> line.strip().equals("end")).count();
    assertThat(closed).as(page + ": every block is closed").isEqualTo(opened);
    for (String line : picture.lines().toList()) {
      assertThat(line.chars().filter(c -> c == '"').count() % 2 == 0 || sequence)
          .as(page + ": quotes in " + line)
          .isTrue();
      // Mermaid takes a semicolon for the end of the line.
      assertThat(sequence && line.contains(";")).as(page + ": semicolon in " + line).isFalse();
    }
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  private static void reach(Path page, Set<Path> reached) {
    if (reached.add(page)) {
      links(page).stream()
          .map(link -> link.replaceAll("#.*", ""))
          .filter(link -> link.endsWith(".md") && !link.contains(":"))
          .map(link -> page.resolveSibling(link).normalize())
          .filter(Files::exists)
          .forEach(next -> reach(next, reached));
    }
  }

  /**
   * As GitHub makes them: small letters, blanks as hyphens, nothing else but letters and digits.
   */
  private static Set<String> anchors(Path page) {
    Set<String> anchors = new HashSet<>();
    HEADING
        .matcher(prose(page))
        .results()
        .map(heading -> heading.group(1).replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1"))
        .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", ""))
        .map(text -> text.replace(' ', '-'))
        .forEach(
            text -> {
              String anchor = text;
              for (int i = 1; !anchors.add(anchor); i++) {
                anchor = text + "-" + i;
              }
            });
    return anchors;
  }

  private static List<String> links(Path page) {
    return LINK.matcher(CODE.matcher(prose(page)).replaceAll("``"))
        .results()
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .toList();
  }

  private static List<String> codes(Path page) {
    return CODE.matcher(prose(page)).results().map(code -> code.group(1)).toList();
  }

  /** The page without its code blocks. */
  private static String prose(Path page) {
    return FENCE.matcher(read(page)).replaceAll("").replaceAll("(?m)^ {4,}(?![*0-9|-]).*$", "");
  }

  private static String picture() {
    return FENCE
        .matcher(read(ARCHITECTURE))
        .results()
        .map(fence -> fence.group(2))
        .filter(text -> text.contains("BridgeApplication"))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<String> find(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group);
  }

  /** Those with a duty, by their names below the root. */
  private static TreeSet<String> packages() {
    return walk(MAIN)
        .filter(file -> file.endsWith("package-info.java"))
        .map(file -> MAIN.relativize(file.getParent()).toString().replace('/', '.'))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> types() {
    Pattern declared = Pattern.compile("\\b(?:class|record|enum|interface) ([A-Z]\\w*)");
    Set<String> types = new HashSet<>(FOREIGN);
    Stream.of(MAIN, Path.of("src/test/java"))
        .flatMap(DocsTest::walk)
        .filter(file -> file.toString().endsWith(".java"))
        .forEach(
            file ->
                declared.matcher(read(file)).results().forEach(type -> types.add(type.group(1))));
    return types;
  }

  private static Set<String> endpoints() {
    return endpoints(resource -> true);
  }

  private static Set<String> endpoints(Predicate<Class<?>> wanted) {
    return BridgeApplication.BUILT_IN.stream()
        .filter(wanted)
        .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class))
        .flatMap(
            type ->
                Arrays.stream(type.getDeclaredMethods())
                    .filter(
                        method ->
                            Arrays.stream(method.getAnnotations())
                                .anyMatch(
                                    it ->
                                        it.annotationType().isAnnotationPresent(HttpMethod.class)))
                    .map(method -> method.getAnnotation(jakarta.ws.rs.Path.class))
                    .map(
                        below ->
                            type.getAnnotation(jakarta.ws.rs.Path.class).value()
                                + (below == null ? "" : "/" + below.value())))
        .map(path -> "/" + path.replaceAll("\\{.*", "").replaceAll("^/+|/+$", ""))
        .map(path -> path.replaceAll("//+", "/"))
        // What is below it is the page's own business.
        .map(path -> path.replaceAll("^/console/.*", "/console"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> settings() {
    return Catalogue.all().stream()
        .map(Setting::variable)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String all() {
    return pages().stream().map(DocsTest::read).collect(Collectors.joining("\n"));
  }

  private static boolean decision(Path page) {
    return page.getParent() != null && page.getParent().endsWith("adr");
  }

  private static List<Path> pages() {
    return Stream.concat(
            Stream.of(README), walk(DOCS).filter(file -> file.toString().endsWith(".md")))
        .toList();
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
