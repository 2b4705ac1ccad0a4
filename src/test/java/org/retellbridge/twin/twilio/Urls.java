package org.retellbridge.twin.twilio;

import java.net.URI;
import java.util.Optional;

/** Resolves the URLs of a document against the one that it came from. */
final class Urls {

  private Urls() {}

  /**
   * @param base empty for a document without an address: only absolute URLs work there (inferred)
   */
  static Optional<URI> resolve(Optional<URI> base, String target) {
    try {
      URI url = URI.create(target);
      if (url.isAbsolute()) {
        return Optional.of(url).filter(absolute -> absolute.getScheme().startsWith("http"));
      }
      return base.map(from -> relative(from, target));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static URI relative(URI base, String target) {
    String plain = base.toString().replaceFirst("[?#].*", "");
    if (target.isEmpty()) {
      return base;
    }
    return target.startsWith("?") ? URI.create(plain + target) : URI.create(plain).resolve(target);
  }
}
