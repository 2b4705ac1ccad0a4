package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.webhooks.SignedRequest;

/**
 * From where somebody shows a token. Without {@code TRUST_FORWARDED_HEADERS} everybody behind a
 * proxy has the proxy's address, but not whoever is on that machine and asks without the proxy.
 */
@ApplicationScoped
public class ClientAddress {
  /** Another connection has another port and is the same client; IPv6 then stands in brackets. */
  private static final Pattern WITH_PORT =
      Pattern.compile("^(?:([0-9.]+)|\\[([^\\]]+)\\])(?::[0-9]+)?$");

  /** Also with an IPv4 address at its end. */
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** As {@link #network} writes it. */
  private static final Pattern NETWORK = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){7}");

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String PROXY = " (a proxy)";
  private static final int IPV6_BYTES = 16;
  private static final int NETWORK_BYTES = 8;

  private boolean trustForwarded;

  ClientAddress() {}

  @Inject
  ClientAddress(Settings settings) {
    this.trustForwarded = settings.get(Catalogue.TRUST_FORWARDED_HEADERS);
  }

  public String of(SignedRequest request) {
    String told = trustForwarded ? told(request) : "";
    if (!told.isEmpty()) {
      return network(told);
    }
    boolean proxied =
        !trustForwarded && (request.bears(FORWARDED_FOR) || request.bears("Forwarded"));
    return network(request.remoteAddress()) + (proxied ? PROXY : "");
  }

  /** Whether somebody on this machine asks, and no proxy for somebody else. */
  boolean here(SignedRequest request) {
    String remote = request.remoteAddress();
    return (remote.startsWith("127.") || remote.equals("::1") || remote.equals("0:0:0:0:0:0:0:1"))
        && !request.bears(FORWARDED_FOR)
        && !request.bears("Forwarded");
  }

  /** As much of it as may stand in a log: the network, and not who in it. */
  public static String shown(String address) {
    String plain = address.replace(PROXY, "");
    String network =
        IPV4.matcher(plain).matches()
            ? plain.substring(0, plain.lastIndexOf('.')) + ".x"
            : NETWORK.matcher(plain).matches() ? groups(plain) : "…";
    return network + (address.endsWith(PROXY) ? PROXY : "");
  }

  /**
   * {@code 20:01:0d:b8:00:01:00:02} becomes {@code 2001:0db8:0001:…}, which is a customer's site.
   */
  private static String groups(String network) {
    String digits = network.replace(":", "");
    return digits.substring(0, 4)
        + ":"
        + digits.substring(4, 8)
        + ":"
        + digits.substring(8, 12)
        + ":…";
  }

  /**
   * What the nearest proxy saw: the last value, because a client can write the others itself. Some
   * proxies, HAProxy for one, add a line of their own below the client's.
   */
  private static String told(SignedRequest request) {
    String last = "";
    for (String line : request.lines(FORWARDED_FOR)) {
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
