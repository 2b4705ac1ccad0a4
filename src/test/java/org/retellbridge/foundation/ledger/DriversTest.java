package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JDK's list of drivers, which all applications of a server share. */
class DriversTest {

  @Test
  void leavesNoDriverRegisteredWhereAnotherApplicationHasTheSame() throws Exception {
    assertThat(DriverManager.drivers())
        .as("the other application's")
        .anyMatch(driver -> driver.getClass().getName().equals("org.postgresql.Driver"));

    WeakReference<ClassLoader> application = anApplicationComesAndGoes();

    Await.until(
        "nothing holds its class loader",
        () -> {
          System.gc();
          return application.get() == null;
        });
  }

  private static WeakReference<ClassLoader> anApplicationComesAndGoes() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Method end = loader.loadClass(Store.class.getName()).getDeclaredMethod("forgetDrivers");
      end.setAccessible(true);
      end.invoke(null);
      return new WeakReference<>(loader);
    }
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
