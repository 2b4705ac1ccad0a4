package org.retellbridge.foundation.webhooks;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
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
  private static final System.Logger LOGGER = System.getLogger(PublicUrls.class.getName());

  private Optional<URI> configured = Optional.empty();
  private boolean trustForwarded;

  /** The context root, once a vendor was seen to ask with it; else empty. */
  private volatile String root = "";

  private volatile boolean told;

  PublicUrls() {}

  @Inject
  PublicUrls(Settings settings) {
    configured = settings.find(PUBLIC_BASE_URL);
    trustForwarded = settings.get(TRUST_FORWARDED_HEADERS);
  }

  /** Tells operators what is taken for granted until {@link #genuine} knows better. */
  void standsAt(String contextPath) {
    if (open(contextPath)) {
      LOGGER.log(
          INFO,
          "PUBLIC_BASE_URL (public.base.url) has no path, and the application stands at {0}: the"
              + " proxy is taken to add that, until Twilio calls {1}{0}. If it does not, set"
              + " PUBLIC_BASE_URL to {1}{0}",
          contextPath,
          configured.get());
    }
  }

  /**
   * Whether the configured address leaves open if vendors ask with the context root: one without a
   * path may stand before a proxy that adds it, or be the server's own.
   */
  private boolean open(String contextPath) {
    return !contextPath.isEmpty()
        && configured.filter(base -> base.getRawPath().isEmpty()).isPresent();
  }

  /**
   * Learns from a URL that a vendor has signed for this request whether the context root is part of
   * the public address, so that what is accepted and what is given out are the same.
   *
   * @param url one of the {@link #candidates}
   */
  public void genuine(SignedRequest request, String url) {
    if (!open(request.contextPath())) {
      return;
    }
    boolean asked = url.split("\\?", 2)[0].endsWith(request.rawPath());
    root = asked ? request.contextPath() : "";
    if (asked && !told) {
      told = true;
      LOGGER.log(
          WARNING,
          "Twilio calls {0}{1}, so that is the address which the bridge gives out. Set"
              + " PUBLIC_BASE_URL to it: after each start {0} counts until Twilio has called",
          configured.get(),
          root);
    }
  }

  /** Every candidate, the likeliest first. */
  public Set<String> candidates(SignedRequest request) {
    Set<String> bases = new LinkedHashSet<>();
    String below = request.rawPath().substring(request.contextPath().length());
    if (configured.isPresent()) {
      URI base = configured.get();
      bases.add(base + root + below);
      if (open(request.contextPath())) {
        bases.add(base + below);
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
    boolean asked = !request.rawQuery().isEmpty();
    bases.forEach(base -> addPortVariants(asked ? base + "?" + request.rawQuery() : base, urls));
    if (!asked) {
      // A bare question mark is signed, and not every server shows it.
      bases.forEach(base -> addPortVariants(base + "?", urls));
    }
    return urls;
  }

  /**
   * The bridge's own address as the vendor of this request knows it, with any prefix and without a
   * slash at the end: for URLs that somebody resolves who did not ask here.
   */
  public String base(SignedRequest request) {
    return own()
        .or(() -> forwarded(request).map(base -> base + request.contextPath()))
        .orElseGet(() -> request.seenOrigin().toLowerCase(Locale.ROOT) + request.contextPath());
  }

  /**
   * The bridge's own address without a request to tell it: the configured one, with the context
   * root if vendors ask with it; empty without {@code PUBLIC_BASE_URL}.
   */
  public Optional<String> own() {
    return configured.map(base -> base + root);
  }

  /** The likeliest candidate without its query, for a log; never a host that a caller made up. */
  public String shown(SignedRequest request) {
    return own()
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
