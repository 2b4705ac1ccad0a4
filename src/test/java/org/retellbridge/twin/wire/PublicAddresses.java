package org.retellbridge.twin.wire;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where public addresses really lead: what a proxy and the DNS do in life. The longest published
 * prefix wins; addresses on 127.0.0.1 need no publishing.
 */
public final class PublicAddresses {

  private final Map<String, String> localByPublic = new ConcurrentHashMap<>();
  private volatile boolean proxied;

  /** Requests to {@code publicBase…} go to {@code localBase…}; both without a trailing slash. */
  public void publish(String publicBase, String localBase) {
    localByPublic.put(publicBase, localBase);
  }

  public void withdraw(String publicBase) {
    localByPublic.remove(publicBase);
  }

  /** Whether requests carry {@code X-Forwarded-Proto} and {@code X-Forwarded-Host}. */
  public void behindProxy(boolean proxy) {
    proxied = proxy;
  }

  Optional<URI> local(URI publicUrl) {
    String url = withoutFragment(publicUrl.toString());
    return localByPublic.entrySet().stream()
        .filter(entry -> covers(entry.getKey(), url))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(entry -> URI.create(entry.getValue() + url.substring(entry.getKey().length())))
        .or(() -> Optional.of(URI.create(url)).filter(uri -> "127.0.0.1".equals(uri.getHost())));
  }

  Map<String, String> proxyHeaders(URI publicUrl) {
    return proxied
        ? Map.of(
            "X-Forwarded-Proto", publicUrl.getScheme(),
            "X-Forwarded-Host", publicUrl.getRawAuthority())
        : Map.of();
  }

  private static boolean covers(String base, String url) {
    if (!url.startsWith(base)) {
      return false;
    }
    return url.length() == base.length() || "/?".indexOf(url.charAt(base.length())) >= 0;
  }

  private static String withoutFragment(String url) {
    int at = url.indexOf('#');
    return at < 0 ? url : url.substring(0, at);
  }
}
