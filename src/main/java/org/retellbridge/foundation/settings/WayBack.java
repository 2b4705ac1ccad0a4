package org.retellbridge.foundation.settings;

import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_URL;
import static org.retellbridge.foundation.settings.Catalogue.PUBLIC_BASE_URL;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** A call that the ladder sends back to the bridge's own webhooks would go round for ever. */
final class WayBack {
  private static final Pattern WEBHOOK =
      Pattern.compile("(.*)(" + String.join("|", OwnPaths.OF_CALLERS) + ")/*");

  private WayBack() {}

  /**
   * Whether the fallback leads back. While the bridge does not know its own address, each address
   * that ends as its webhooks do might be one of them.
   */
  static boolean isIn(Map<Setting<?>, Object> values) {
    if (!(values.get(FALLBACK_URL) instanceof URI fallback)) {
      return false;
    }
    var path = WEBHOOK.matcher(fallback.getPath());
    if (!path.matches()) {
      return false;
    }
    return !(values.get(PUBLIC_BASE_URL) instanceof URI own)
        || fallback.getHost().equalsIgnoreCase(own.getHost())
            && path.group(1).equals(own.getPath());
  }
}
