package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/**
 * From where somebody tries to log in. Without {@code TRUST_FORWARDED_HEADERS} everybody behind a
 * proxy has the proxy's address.
 */
@ApplicationScoped
public class ClientAddress {
  private boolean trustForwarded;

  ClientAddress() {}

  @Inject
  ClientAddress(Settings settings) {
    this.trustForwarded = settings.get(Catalogue.TRUST_FORWARDED_HEADERS);
  }

  /** What the nearest proxy saw: the last one, because a client can write the others itself. */
  String of(HttpServletRequest request) {
    String forwarded = trustForwarded ? request.getHeader("X-Forwarded-For") : null;
    String address =
        forwarded == null
            ? request.getRemoteAddr()
            : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    return network(address);
  }

  /** One who has an IPv6 address has the 2^64 beside it too. */
  private static String network(String address) {
    String[] groups = address.split(":");
    return groups.length > 4 ? String.join(":", java.util.List.of(groups).subList(0, 4)) : address;
  }
}
