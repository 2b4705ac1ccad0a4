package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HexFormat;
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

  /** Also with an IPv4 address at its end. */
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  private static final int IPV6_BYTES = 16;
  private static final int NETWORK_BYTES = 8;

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

  /** One who has an IPv6 address has the 2^64 beside it too, however it is written. */
  private static String network(String address) {
    if (!IPV6.matcher(address).matches()) {
      return address;
    }
    try {
      // What consists of these characters is looked up nowhere.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == IPV6_BYTES
          ? HexFormat.ofDelimiter(":").formatHex(bytes, 0, NETWORK_BYTES)
          : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
