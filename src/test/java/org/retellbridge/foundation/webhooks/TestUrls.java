package org.retellbridge.foundation.webhooks;

import org.retellbridge.foundation.settings.Settings;

/** Makes public URLs without a container, for tests of other packages. */
public final class TestUrls {
  private TestUrls() {}

  public static PublicUrls of(Settings settings) {
    return new PublicUrls(settings);
  }
}
