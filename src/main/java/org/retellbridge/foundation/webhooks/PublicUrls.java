package org.retellbridge.foundation.webhooks;

import static org.retellbridge.foundation.settings.Catalogue.PUBLIC_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.TRUST_FORWARDED_HEADERS;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.foundation.settings.Settings;

/**
 * The URLs under which the vendor may have requested, and therefore signed, what arrived here. They
 * are built as text, because decoding and encoding again would change them.
 */
@ApplicationScoped
public class PublicUrls {
  private Optional<URI> configured = Optional.empty();
  private boolean trustForwarded;

  PublicUrls() {}

  @Inject
  PublicUrls(Settings settings) {
    configured = settings.find(PUBLIC_BASE_URL);
    trustForwarded = settings.get(TRUST_FORWARDED_HEADERS);
  }

  /** Every candidate, the likeliest first. */
  public Set<String> candidates(SignedRequest request) {
    Set<String> bases = new LinkedHashSet<>();
    String below = request.rawPath().substring(request.contextPath().length());
    if (configured.isPresent()) {
      URI base = configured.get();
      bases.add(base + below);
      if (base.getRawPath().isEmpty()) {
        bases.add(base + request.rawPath());
      }
    } else {
      forwarded(request)
          .ifPresent(
              base -> {
                bases.add(base + request.rawPath());
                bases.add(base + below);
              });
      bases.add(request.seenOrigin().toLowerCase(Locale.ROOT) + request.rawPath());
    }
    Set<String> urls = new LinkedHashSet<>();
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    bases.forEach(base -> addPortVariants(base + query, urls));
    return urls;
  }

  /**
   * The bridge's own address as the vendor of this request knows it, with any prefix and without a
   * slash at the end: for URLs that somebody resolves who did not ask here.
   */
  public String base(SignedRequest request) {
    return configured
        .map(URI::toString)
        .or(() -> forwarded(request).map(base -> base + request.contextPath()))
        .orElseGet(() -> request.seenOrigin().toLowerCase(Locale.ROOT) + request.contextPath());
  }

  /** The likeliest candidate without its query, for a log; never a host that a caller made up. */
  public String shown(SignedRequest request) {
    return configured
        .map(base -> base + request.rawPath().substring(request.contextPath().length()))
        .orElse(
            trustForwarded
                ? "the URL that the proxy's forwarded headers tell"
                : "the URL that this server sees, because PUBLIC_BASE_URL is not set");
  }

  /** The address that the proxy's headers tell, whether they are trusted or not. */
  public Optional<String> told(SignedRequest request) {
    return Forwarded.base(request);
  }

  private Optional<String> forwarded(SignedRequest request) {
    return trustForwarded ? Forwarded.base(request) : Optional.empty();
  }

  /** As is, without a port (HTTPS voice drops it), and with the scheme's own port. */
  static void addPortVariants(String url, Set<String> urls) {
    int start = url.indexOf("://") + 3;
    int path = url.indexOf('/', start);
    String authority = path < 0 ? url.substring(start) : url.substring(start, path);
    String rest = path < 0 ? "" : url.substring(path);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String scheme = url.substring(0, start);
    String host = hasPort ? authority.substring(0, colon) : authority;
    urls.add(url);
    urls.add(scheme + host + rest);
    urls.add(scheme + host + (scheme.equals("https://") ? ":443" : ":80") + rest);
  }
}
