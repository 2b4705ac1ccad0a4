package org.retellbridge.operations.health;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Makes beans of the checks where MicroProfile Health is there. They bear no annotation that makes
 * them beans by themselves, so that a server without it (GlassFish, plain WildFly) never loads
 * them.
 */
public class HealthDiscovery implements Extension {
  private static final String API = "org.eclipse.microprofile.health.HealthCheck";

  void find(@Observes BeforeBeanDiscovery event) {
    if (there()) {
      Checks.all().forEach(check -> event.addAnnotatedType(check, check.getName()));
    }
  }

  private static boolean there() {
    try {
      Class.forName(API, false, HealthDiscovery.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Apart, so that this class can be loaded without the API. */
  private static final class Checks {
    private static java.util.List<Class<?>> all() {
      return java.util.List.of(Alive.class, Ready.class);
    }
  }
}
