package org.retellbridge.partner.segment;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;

/**
 * Writes identifiers in the path as Segment wants them: {@code phone:%2B61…}, {@code
 * client_id:client%3Abob}. No Jakarta REST client encodes {@code +} in a path, and a {@code +} is
 * answered with 500; a value that is encoded beforehand would be encoded twice.
 */
public class IdentifierEncoding implements ClientRequestFilter {

  @Override
  public void filter(ClientRequestContext context) {
    context.getHeaders().putSingle(HttpHeaders.USER_AGENT, Library.NAME);
    context.setUri(encoded(context.getUri()));
  }

  static URI encoded(URI uri) {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = String.join("/", segments(uri.getRawPath()));
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + query);
  }

  private static String[] segments(String path) {
    String[] segments = path.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      segments[i] = segment(segments[i]);
    }
    return segments;
  }

  /** The first colon parts type and value; it stays, as the original sent it. */
  private static String segment(String text) {
    int value = text.indexOf(':') + 1;
    return text.substring(0, value) + text.substring(value).replace("+", "%2B").replace(":", "%3A");
  }
}
