package org.retellbridge;

import static java.lang.System.Logger.Level.TRACE;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.Provider;

/**
 * Makes the application's beans when it starts, in a thread of the server. Made when they are first
 * used, some would be made in the thread in which a vendor's answer arrives: GlassFish cannot do
 * that ("No valid EE environment for injection") and answers 500.
 */
@ApplicationScoped
public class EarlyBeans {
  private static final System.Logger LOGGER = System.getLogger(EarlyBeans.class.getName());

  void make(@Observes @Initialized(ApplicationScoped.class) Object event, BeanManager beans) {
    beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .filter(bean -> bean.getScope() == ApplicationScoped.class)
        .filter(EarlyBeans::isOurs)
        .filter(bean -> !isForRest(bean))
        .forEach(bean -> make(bean, beans));
  }

  /** Those of jars that a company added as well; not what the server offers. */
  private static boolean isOurs(Bean<?> bean) {
    return bean.getBeanClass().getClassLoader() == EarlyBeans.class.getClassLoader();
  }

  /** Jersey gives its own things only to those that it makes itself. */
  private static boolean isForRest(Bean<?> bean) {
    return bean.getBeanClass().isAnnotationPresent(Path.class)
        || bean.getBeanClass().isAnnotationPresent(Provider.class);
  }

  private static void make(Bean<?> bean, BeanManager beans) {
    try {
      Object proxy = beans.getReference(bean, Object.class, beans.createCreationalContext(bean));
      // A proxy makes its bean for the first call.
      LOGGER.log(TRACE, "made {0}", proxy.toString());
    } catch (RuntimeException e) {
      LOGGER.log(WARNING, "{0} cannot be made yet", bean.getBeanClass().getName(), e);
    }
  }
}
