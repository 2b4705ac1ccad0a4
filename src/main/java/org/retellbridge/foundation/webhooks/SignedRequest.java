package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parts of a request that signatures are made over, exactly as they came. {@link BodyFilter}
 * keeps them for whatever stands behind it.
 */
public final class SignedRequest {
  private static final String ATTRIBUTE = SignedRequest.class.getName();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final byte[] NOTHING = new byte[0];
  private static final ThreadLocal<SignedRequest> SERVED = new ThreadLocal<>();

  private final HttpServletRequest request;
  private final String rawPath;
  private final String rawQuery;
  private final byte[] body; // null until it was read
  private final Map<Class<?>, Object> read = new HashMap<>(4);
  private Proof proof; // null until a gate let it through

  private SignedRequest(HttpServletRequest request, String rawPath, String rawQuery, byte[] body) {
    this.request = request;
    this.rawPath = rawPath;
    this.rawQuery = rawQuery;
    this.body = body;
  }

  /**
   * The request behind a resource; its body is there if {@link BodyFilter} had read it by then. Not
   * to be kept, because it holds the body.
   */
  public static SignedRequest of(HttpServletRequest request) {
    SignedRequest kept = kept(request);
    return kept == null ? seen(request) : kept;
  }

  /**
   * The request that this thread is serving; to be asked before the answer is waited for. What
   * servers inject instead is not there after an asynchronous dispatch (CDI on Payara), or is a
   * proxy that took a fiftieth of a call's processor time to find its request (Jersey).
   */
  public static SignedRequest here() {
    SignedRequest here = SERVED.get();
    if (here == null) {
      throw new IllegalStateException("this thread serves no request");
    }
    return here;
  }

  /** Keeps path and query as they came: an asynchronous dispatch may show them decoded. */
  static SignedRequest arrived(HttpServletRequest request) {
    SignedRequest seen = seen(request);
    request.setAttribute(ATTRIBUTE, seen);
    return seen;
  }

  static void attach(HttpServletRequest request, byte[] body) {
    SignedRequest known = of(request);
    request.setAttribute(
        ATTRIBUTE, new SignedRequest(request, known.rawPath, known.rawQuery, body));
  }

  /** From now on until {@link #leave} this thread serves the request. */
  static void enter(HttpServletRequest request) {
    SERVED.set(of(request));
  }

  /** The bytes are dropped: answers may take long. */
  static void leave(HttpServletRequest request) {
    SERVED.remove();
    request.removeAttribute(ATTRIBUTE);
  }

  static boolean attached(HttpServletRequest request) {
    SignedRequest kept = kept(request);
    return kept != null && kept.body != null;
  }

  private static SignedRequest kept(HttpServletRequest request) {
    return (SignedRequest) request.getAttribute(ATTRIBUTE);
  }

  private static SignedRequest seen(HttpServletRequest request) {
    String query = request.getQueryString();
    return new SignedRequest(request, request.getRequestURI(), query == null ? "" : query, null);
  }

  /** The raw body; empty when there was none. Not to be changed. */
  public byte[] body() {
    return body == null ? NOTHING : body;
  }

  /**
   * What was made of the request, made once: a form is read to check its signature, and again to
   * act on it. There is one reading a type, and a second one gets what the first one made. For the
   * request's own thread.
   *
   * @param type what is made
   * @param reading how, when it is asked for the first time; what this throws is thrown each time
   */
  public <T> T once(Class<T> type, Function<SignedRequest, T> reading) {
    return type.cast(read.computeIfAbsent(type, key -> reading.apply(this)));
  }

  /**
   * Whose request it is, as its gate found.
   *
   * @throws IllegalStateException where no gate has let it through
   */
  public Proof proof() {
    if (proof == null) {
      throw new IllegalStateException("no gate let this request through");
    }
    return proof;
  }

  void provenBy(Proof verified) {
    proof = verified;
  }

  public String method() {
    return request.getMethod();
  }

  /** The path as it was sent, with the context root and still percent-encoded. */
  public String rawPath() {
    return rawPath;
  }

  public String contextPath() {
    return request.getContextPath();
  }

  /** The query as it was sent, or an empty text. */
  public String rawQuery() {
    return rawQuery;
  }

  /** The query decoded; of a repeated name the first value, of a broken pair nothing. */
  public Map<String, String> query() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&")) {
      String[] parts = pair.split("=", 2);
      try {
        values.putIfAbsent(
            URLDecoder.decode(parts[0], UTF_8),
            parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
      } catch (IllegalArgumentException broken) {
        // A stray % in one value must not cost the others, such as applicationSid.
      }
    }
    return values;
  }

  public String contentType() {
    return request.getContentType() == null ? "" : request.getContentType();
  }

  /** Whether it says that its body is a form, whatever charset it adds. */
  public boolean isForm() {
    String type = contentType();
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase(FORM);
  }

  /** The header's only value; empty when it is absent or stands there twice. */
  public Optional<String> header(String name) {
    List<String> values = Collections.list(request.getHeaders(name));
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** Every line of the header, in their order. */
  public List<String> lines(String name) {
    return Collections.list(request.getHeaders(name));
  }

  /** Who is at the other end of the connection: the client, or a proxy. */
  public String remoteAddress() {
    return request.getRemoteAddr();
  }

  public boolean bears(String header) {
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
