package org.retellbridge.foundation.settings;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes {@link Settings} a bean, and stops the deployment when no request could be answered with
 * them. A CDI deployment problem is the one refusal that every server honours; a throwing listener
 * is only logged by some.
 */
public class SettingsExtension implements Extension {
  private static final System.Logger LOGGER = System.getLogger(SettingsExtension.class.getName());

  private Settings settings;

  void addBean(@Observes AfterBeanDiscovery event) {
    settings = Settings.load(ConfigProvider.getConfig(), System.getenv().keySet());
    event.addBean().types(Settings.class).scope(Singleton.class).createWith(context -> settings);
  }

  void report(@Observes AfterDeploymentValidation event) {
    String report = StartUpReport.of(settings);
    if (settings.fatal()) {
      LOGGER.log(ERROR, "The bridge cannot start with these settings:{0}", report);
      event.addDeploymentProblem(
          new DeploymentException("The bridge cannot start: " + StartUpReport.fatal(settings)));
      return;
    }
    if (report.isEmpty()) {
      LOGGER.log(INFO, "All settings are in order; every feature is on");
      return;
    }
    LOGGER.log(WARNING, "Settings to look at:{0}", report);
  }
}
