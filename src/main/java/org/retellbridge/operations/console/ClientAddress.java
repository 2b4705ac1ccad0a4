package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/**
 * From where somebody tries to log in. Without {@code TRUST_FORWARDED_HEADERS} everybody behind a
 * proxy has the proxy's address.
 */
@ApplicationScoped
public class ClientAddress {
  /** Another connection has another port and is the same client; IPv6 then stands in brackets. */
  private static final Pattern WITH_PORT =
      Pattern.compile("^(?:([0-9.]+)|\\[([^\\]]+)\\])(?::[0-9]+)?$");

  private boolean trustForwarded;

  ClientAddress() {}

  @Inject
  ClientAddress(Settings settings) {
    this.trustForwarded = settings.get(Catalogue.TRUST_FORWARDED_HEADERS);
  }

  String of(HttpServletRequest request) {
    String told = trustForwarded ? told(request) : "";
    return network(told.isEmpty() ? request.getRemoteAddr() : told);
  }

  /**
   * What the nearest proxy saw: the last value, because a client can write the others itself. Some
   * proxies, HAProxy for one, add a line of their own below the client's.
   */
  private static String told(HttpServletRequest request) {
    String last = "";
    for (String line : Collections.list(request.getHeaders("X-Forwarded-For"))) {
      last = line.substring(line.lastIndexOf(',') + 1).strip();
    }
    return WITH_PORT.matcher(last).replaceFirst("$1$2");
  }

  /** One who has an IPv6 address has the 2^64 beside it too. */
  private static String network(String address) {
    String[] groups = address.split(":");
    return groups.length > 4 ? String.join(":", List.of(groups).subList(0, 4)) : address;
  }
}
