package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The parts of a request that signatures are made over, exactly as they came. */
public final class SignedRequest {
  private static final String BODY = SignedRequest.class.getName() + ".body";
  private static final String PATH = SignedRequest.class.getName() + ".path";
  private static final String QUERY = SignedRequest.class.getName() + ".query";
  private static final byte[] NOTHING = new byte[0];

  private final HttpServletRequest request;

  private SignedRequest(HttpServletRequest request) {
    this.request = request;
  }

  /** The request behind a resource or filter; its body is there once {@link BodyFilter} read it. */
  public static SignedRequest of(HttpServletRequest request) {
    return new SignedRequest(request);
  }

  /** Keeps path and query as they came: an asynchronous dispatch may show them decoded. */
  static void arrived(HttpServletRequest request) {
    request.setAttribute(PATH, request.getRequestURI());
    request.setAttribute(QUERY, queryOf(request));
  }

  static void attach(HttpServletRequest request, byte[] body) {
    request.setAttribute(BODY, body);
  }

  static void detach(HttpServletRequest request) {
    request.removeAttribute(BODY);
  }

  static boolean attached(HttpServletRequest request) {
    return request.getAttribute(BODY) != null;
  }

  /** The raw body; empty when there was none. Not to be changed. */
  public byte[] body() {
    byte[] body = (byte[]) request.getAttribute(BODY);
    return body == null ? NOTHING : body;
  }

  public String method() {
    return request.getMethod();
  }

  /** The path as it was sent, with the context root and still percent-encoded. */
  public String rawPath() {
    return kept(PATH, request::getRequestURI);
  }

  public String contextPath() {
    return request.getContextPath();
  }

  /** The query as it was sent, or an empty text. */
  public String rawQuery() {
    return kept(QUERY, () -> queryOf(request));
  }

  /** The query decoded; of a repeated name the first value, of a broken query nothing. */
  public Map<String, String> query() {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      for (String pair : rawQuery().split("&")) {
        String[] parts = pair.split("=", 2);
        values.putIfAbsent(
            URLDecoder.decode(parts[0], UTF_8),
            parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
      }
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
    return values;
  }

  public String contentType() {
    return request.getContentType() == null ? "" : request.getContentType();
  }

  /** The header's only value; empty when it is absent or stands there twice. */
  public Optional<String> header(String name) {
    List<String> values = Collections.list(request.getHeaders(name));
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** The server makes the text anew each time that it is asked. */
  private String kept(String name, Supplier<String> seen) {
    Object kept = request.getAttribute(name);
    return kept == null ? seen.get() : (String) kept;
  }

  private static String queryOf(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? "" : query;
  }

  boolean bears(String header) {
    return request.getHeader(header) != null;
  }

  /** Scheme, host and port as this server sees them. */
  String seenOrigin() {
    return request.getScheme() + "://" + seenHost();
  }

  /** Host, and port unless it is the scheme's own, as this server sees them. */
  String seenHost() {
    int port = request.getServerPort();
    boolean usual = port == ("https".equals(request.getScheme()) ? 443 : 80);
    return request.getServerName() + (usual ? "" : ":" + port);
  }
}
