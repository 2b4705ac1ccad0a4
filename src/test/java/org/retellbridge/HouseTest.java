package org.retellbridge;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.Servlet;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.retellbridge.foundation.architecture.MayUse;

/** Holds the code to the house of three floors and a roof. */
@AnalyzeClasses(packages = HouseTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  static final String ROOT = "org.retellbridge";

  @ArchTest
  static void everyPackageDeclaresWhatItMayUse(JavaClasses house) {
    assertThat(packages(house))
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThat(declared(it))
                    .as("@MayUse on the package-info of " + it.getName())
                    .isPresent());
  }

  @ArchTest
  static void everyPackageUsesOnlyWhatItDeclares(JavaClasses house) {
    List<String> undeclared = new ArrayList<>();
    for (JavaPackage from : packages(house)) {
      Set<String> declared = declared(from).orElse(Set.of());
      for (Dependency dependency : from.getClassDependenciesFromThisPackage()) {
        String to = dependency.getTargetClass().getPackageName();
        if (inHouse(to) && !to.equals(from.getName()) && !declared.contains(to)) {
          undeclared.add(dependency.getDescription());
        }
      }
    }
    assertThat(undeclared).isEmpty();
  }

  @ArchTest
  static void everyDeclaredPackageExists(JavaClasses house) {
    List<String> names = packages(house).stream().map(JavaPackage::getName).toList();
    assertThat(packages(house))
        .allSatisfy(
            it ->
                assertThat(names)
                    .as("what " + it.getName() + " may use")
                    .containsAll(declared(it).orElse(Set.of())));
  }

  /** Also of a constant, of which nothing is left in the class file. */
  @ArchTest
  static void everyDeclaredPackageIsUsed(JavaClasses house) throws IOException {
    List<String> unused = new ArrayList<>();
    for (JavaPackage from : packages(house)) {
      Set<String> used =
          from.getClassDependenciesFromThisPackage().stream()
              .map(dependency -> dependency.getTargetClass().getPackageName())
              .collect(Collectors.toSet());
      String sources = sources(from.getName());
      declared(from).orElse(Set.of()).stream()
          .filter(to -> !to.equals(ROOT + ".foundation.architecture"))
          .filter(to -> !used.contains(to))
          .filter(to -> !sources.matches("(?s).*\\nimport (static )?" + to + "\\.[A-Z].*"))
          .forEach(to -> unused.add(from.getName() + " -> " + to));
    }
    assertThat(unused).isEmpty();
  }

  private static String sources(String name) throws IOException {
    StringBuilder all = new StringBuilder();
    java.nio.file.Path folder = java.nio.file.Path.of("src/main/java", name.split("\\."));
    try (DirectoryStream<java.nio.file.Path> files = Files.newDirectoryStream(folder, "*.java")) {
      for (java.nio.file.Path file : files) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule featuresNeverImportEachOther =
      slices().matching(ROOT + ".feature.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule partnersNeverImportEachOther =
      slices().matching(ROOT + ".partner.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule foundationKnowsNoHigherFloor =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".foundation..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  ROOT, ROOT + ".partner..", ROOT + ".feature..", ROOT + ".operations.."));

  @ArchTest
  static final ArchRule partnersStandOnFoundationAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".partner..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(ROOT, ROOT + ".feature..", ROOT + ".operations.."));

  @ArchTest
  static final ArchRule onlyTheRoofKnowsFeatures =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".feature..")
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT + ".feature.."));

  @ArchTest
  static final ArchRule nobodyKnowsTheRoof =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT));

  @ArchTest
  static final ArchRule sqlOnlyInTheLedger =
      only("foundation.ledger", "java.sql..", "javax.sql..", "org.jdbi..");

  @ArchTest
  static final ArchRule micrometerOnlyInMetrics = only("foundation.metrics", "io.micrometer..");

  @ArchTest
  static final ArchRule twilioSdkOnlyInItsPartner = only("partner.twilio.rest", "com.twilio..");

  @ArchTest
  static final ArchRule nothingIsPrintedToTheConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  /** They pin the class loader of the application that used them first (Java 17). */
  @ArchTest
  static final ArchRule timersComeFromTheServer =
      noClasses()
          .should()
          .accessTargetWhere(
              new DescribedPredicate<JavaAccess<?>>("it is a timer of CompletableFuture") {
                @Override
                public boolean test(JavaAccess<?> access) {
                  return access.getTargetOwner().isAssignableTo(CompletableFuture.class)
                      && Set.of("orTimeout", "completeOnTimeout", "delayedExecutor")
                          .contains(access.getTarget().getName());
                }
              });

  /**
   * Payara stops the class loader before it destroys beans: what closing needs and what was not
   * used before cannot be loaded any more, and nothing is closed.
   */
  @ArchTest
  static void whatIsClosedIsClosedWhileClassesCanBeLoaded(JavaClasses house) {
    List<JavaClass> closing =
        house.stream()
            .filter(
                it ->
                    it.getMethods().stream()
                        .anyMatch(method -> method.isAnnotatedWith(PreDestroy.class)))
            .toList();
    assertThat(closing)
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThat(it.getMethods())
                    .as("observers of the end in " + it.getName())
                    .anyMatch(HouseTest::observesTheEnd));
  }

  static boolean observesTheEnd(JavaMethod method) {
    return method.getParameters().stream()
        .anyMatch(
            parameter ->
                parameter.isAnnotatedWith(Observes.class)
                    && parameter.isAnnotatedWith(BeforeDestroyed.class));
  }

  /** The REST clients' interfaces bear the same annotations; they are nobody's endpoint. */
  private static final DescribedPredicate<JavaClass> CLIENT =
      JavaClass.Predicates.INTERFACES.and(resideInAPackage(ROOT + ".partner.."));

  @ArchTest
  static final ArchRule everyEndpointIsGuarded =
      methods()
          .that()
          .areMetaAnnotatedWith(HttpMethod.class)
          .and()
          .areDeclaredInClassesThat(not(CLIENT))
          .should(
              new ArchCondition<>("carry a name binding, alone or by their class") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  boolean guarded =
                      method.isMetaAnnotatedWith(NameBinding.class)
                          || method.getOwner().isMetaAnnotatedWith(NameBinding.class);
                  events.add(
                      new SimpleConditionEvent(
                          method, guarded, method.getFullName() + " guarded: " + guarded));
                }
              });

  /** A name binding guards nothing unless a request filter bears it. */
  @ArchTest
  static void everyNameBindingHasItsFilter(JavaClasses house) {
    List<JavaClass> bindings =
        house.stream().filter(it -> it.isAnnotatedWith(NameBinding.class)).toList();
    assertThat(bindings)
        .isNotEmpty()
        .allSatisfy(
            binding ->
                assertThat(house)
                    .as("request filters of @" + binding.getSimpleName())
                    .anyMatch(
                        it ->
                            it.isAssignableTo(ContainerRequestFilter.class)
                                && it.isAnnotatedWith(Provider.class)
                                && it.isAnnotatedWith(binding.getFullName())));
  }

  /** Name bindings do not reach what a sub-resource locator returns. */
  @ArchTest
  static final ArchRule noSubResources =
      methods().that().areAnnotatedWith(Path.class).should().beMetaAnnotatedWith(HttpMethod.class);

  /** A servlet would answer past the name bindings. */
  @ArchTest
  static final ArchRule noServlets =
      noClasses()
          .should()
          .beAssignableTo(Servlet.class)
          .orShould()
          .beAnnotatedWith(WebServlet.class);

  @ArchTest
  static void theApplicationNamesEveryResourceAndProvider(JavaClasses house) {
    List<String> named = BridgeApplication.BUILT_IN.stream().map(Class::getName).toList();
    List<String> written =
        house.stream()
            .filter(it -> it.isAnnotatedWith(Path.class) || it.isAnnotatedWith(Provider.class))
            .filter(not(CLIENT))
            .map(JavaClass::getName)
            .toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(written);
  }

  /** Jakarta REST says so, and WildFly does not deploy the application without. */
  @ArchTest
  static void resourcesAndProvidersHaveAPublicConstructorWithoutParameters(JavaClasses house) {
    assertThat(house)
        .filteredOn(it -> it.isAnnotatedWith(Path.class) || it.isAnnotatedWith(Provider.class))
        .filteredOn(not(CLIENT)::test)
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThat(it.getConstructors())
                    .anyMatch(
                        constructor ->
                            constructor.getModifiers().contains(JavaModifier.PUBLIC)
                                && constructor.getParameters().isEmpty()));
  }

  /**
   * They may be needed first in the thread in which a vendor's answer arrives. GlassFish makes no
   * bean there ("No valid EE environment for injection"); dependent ones are made with the
   * application.
   */
  @ArchTest
  static final ArchRule whatWorksOnAnswersIsThereBeforeThem =
      classes()
          .that()
          .areAssignableTo(ContainerResponseFilter.class)
          .or()
          .areAssignableTo(MessageBodyWriter.class)
          .or()
          .areAssignableTo(ExceptionMapper.class)
          .should()
          .beAnnotatedWith(Dependent.class);

  @ArchTest
  static final ArchRule namesSayTheResponsibility =
      classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Service)");

  private static ArchRule only(String owner, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + owner)
        .should()
        .dependOnClassesThat(resideInAnyPackage(libraries));
  }

  private static List<JavaPackage> packages(JavaClasses house) {
    JavaPackage root = house.getPackage(ROOT);
    return Stream.concat(Stream.of(root), root.getSubpackagesInTree().stream())
        .filter(it -> !it.getClasses().isEmpty())
        .toList();
  }

  private static Optional<Set<String>> declared(JavaPackage it) {
    return it.tryGetPackageInfo()
        .flatMap(info -> info.tryGetAnnotationOfType(MayUse.class.getName()))
        .map(
            annotation ->
                Arrays.stream((String[]) annotation.get("value").orElse(new String[0]))
                    .map(name -> ROOT + "." + name)
                    .collect(Collectors.toSet()));
  }

  private static boolean inHouse(String name) {
    return name.equals(ROOT) || name.startsWith(ROOT + ".");
  }
}
