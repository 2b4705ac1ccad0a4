package org.retellbridge.operations.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthDiscoveryTest {

  @Test
  void makesBeansOfTheChecks() throws ReflectiveOperationException {
    assertThat(added(HealthDiscovery.class)).containsExactly("Alive", "Ready");
  }

  /** As on GlassFish, which has no MicroProfile Health. */
  @Test
  void addsNothingWithoutTheApi() throws ReflectiveOperationException {
    assertThat(added(new WithoutTheApi().loadClass(HealthDiscovery.class.getName()))).isEmpty();
  }

  private static List<String> added(Class<?> discovery) throws ReflectiveOperationException {
    List<String> added = new ArrayList<>();
    Object event =
        Proxy.newProxyInstance(
            HealthDiscoveryTest.class.getClassLoader(),
            new Class<?>[] {BeforeBeanDiscovery.class},
            (proxy, method, arguments) -> {
              added.add(((Class<?>) arguments[0]).getSimpleName());
              return null;
            });
    var constructor = discovery.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method find = discovery.getDeclaredMethod("find", BeforeBeanDiscovery.class);
    find.setAccessible(true);
    find.invoke(constructor.newInstance(), event);
    return added;
  }

  /** Loads the package anew, and nothing of MicroProfile Health. */
  private static final class WithoutTheApi extends ClassLoader {
    private WithoutTheApi() {
      super(HealthDiscovery.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.eclipse.microprofile.health.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(HealthDiscovery.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
