package org.retellbridge.foundation.json;

import com.fasterxml.jackson.databind.type.TypeFactory;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;

/**
 * What Jackson remembers of the classes of this application, for which Twilio's SDK and Flyway use
 * it. It is remembered by a static field; where the server's own Jackson comes before the WAR's
 * (Payara), that field outlives the application and would keep each one that was ever deployed.
 */
@ApplicationScoped
public class RememberedTypes {

  /** After everybody else's last work. */
  void forget(
      @Observes @Priority(Integer.MAX_VALUE) @BeforeDestroyed(ApplicationScoped.class)
          Object event) {
    TypeFactory.defaultInstance().clearCache();
  }
}
