package org.retellbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.retellbridge.foundation.outbound.NonBlockingRestClients;

/** A REST client that is left open has a thread, and that has every class of the application. */
@AnalyzeClasses(packages = HouseTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ClosedClientsTest {

  /** In the method in which it gets it, or at the end of the application. */
  @ArchTest
  static void whoGetsARestClientClosesIt(JavaClasses house) {
    List<JavaCodeUnit> getting = getting(house);
    assertThat(getting).isNotEmpty();
    assertThat(getting.stream().filter(it -> !closes(it) && !closesAtTheEnd(it.getOwner())))
        .as("what gets a REST client and leaves it open")
        .isEmpty();
  }

  /** Whoever builds one and hands it to its caller has none. */
  private static List<JavaCodeUnit> getting(JavaClasses house) {
    List<JavaCodeUnit> building =
        units(house).filter(it -> uses(it, RestClientBuilder.class, "build")).toList();
    Set<String> handing =
        building.stream()
            .filter(ClosedClientsTest::hands)
            .map(JavaCodeUnit::getFullName)
            .collect(Collectors.toSet());
    return Stream.concat(
            building.stream().filter(it -> !hands(it)),
            units(house)
                .filter(
                    it ->
                        it.getAccessesFromSelf().stream()
                            .anyMatch(to -> handing.contains(to.getTarget().getFullName()))))
        .toList();
  }

  private static boolean hands(JavaCodeUnit unit) {
    return unit instanceof JavaMethod && !unit.getRawReturnType().isEquivalentTo(void.class);
  }

  private static boolean closesAtTheEnd(JavaClass it) {
    return it.getMethods().stream().anyMatch(HouseTest::observesTheEnd)
        && it.getCodeUnits().stream().anyMatch(ClosedClientsTest::closes);
  }

  private static boolean closes(JavaCodeUnit unit) {
    return uses(unit, NonBlockingRestClients.class, "close");
  }

  private static boolean uses(JavaCodeUnit unit, Class<?> owner, String method) {
    for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
      if (access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(method)) {
        return true;
      }
    }
    return false;
  }

  private static Stream<JavaCodeUnit> units(JavaClasses house) {
    return house.stream().flatMap(it -> it.getCodeUnits().stream());
  }
}
