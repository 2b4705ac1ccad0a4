package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request as a server presents it to the bridge, its body there in full. */
public final class FakeRequest {
  /** From where every such request comes. */
  public static final String REMOTE = "192.0.2.7";

  private final String method;
  private final String rawPath;
  private final Map<String, List<String>> headers = new HashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private String rawQuery;
  private String contextPath = "";
  private String contentType;
  private String scheme = "http";
  private String host = "10.0.0.7";
  private int port = 8080;
  private String remote = REMOTE;
  private byte[] body = new byte[0];
  private ServletInputStream coming;
  private AsyncContext async;

  private FakeRequest(String method, String rawPath) {
    this.method = method;
    this.rawPath = rawPath;
  }

  public static FakeRequest post(String rawPath) {
    return new FakeRequest("POST", rawPath);
  }

  public static FakeRequest of(String method, String rawPath) {
    return new FakeRequest(method, rawPath);
  }

  public FakeRequest query(String rawQuery) {
    this.rawQuery = rawQuery;
    return this;
  }

  /** The context root, which the path begins with. */
  public FakeRequest below(String contextPath) {
    this.contextPath = contextPath;
    return this;
  }

  /** Whose connection it is. */
  public FakeRequest from(String remote) {
    this.remote = remote;
    return this;
  }

  /** What the server itself sees of the URL; without it {@code http://10.0.0.7:8080}. */
  public FakeRequest seenAs(String scheme, String host, int port) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    return this;
  }

  /** Adds a header; twice the same name gives two headers. */
  public FakeRequest header(String name, String value) {
    headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>()).add(value);
    return this;
  }

  public FakeRequest form(String encoded) {
    return body("application/x-www-form-urlencoded; charset=UTF-8", encoded.getBytes(UTF_8));
  }

  public FakeRequest body(String contentType, byte[] body) {
    this.contentType = contentType;
    this.body = body;
    return this;
  }

  /** Its body is still on its way, for as long as the context lasts. */
  FakeRequest coming(ServletInputStream stream, AsyncContext context) {
    coming = stream;
    async = context;
    return this;
  }

  /** The request after the body filter. */
  public SignedRequest signed() {
    HttpServletRequest request = servlet();
    SignedRequest.attach(request, body);
    return SignedRequest.of(request);
  }

  /** The request before the body filter. */
  public HttpServletRequest servlet() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, called, arguments) -> answer(called, arguments));
  }

  private Object answer(Method called, Object[] arguments) {
    return switch (called.getName()) {
      case "getMethod" -> method;
      case "getRequestURI" -> rawPath;
      case "getQueryString" -> rawQuery;
      case "getContextPath" -> contextPath;
      case "getRemoteAddr" -> remote;
      case "getContentType" -> contentType;
      case "getContentLengthLong" -> (long) body.length;
      case "getInputStream" -> coming == null ? new BufferedRequest.MemoryStream(body) : coming;
      case "startAsync" -> async;
      case "getScheme" -> scheme;
      case "getServerName" -> host;
      case "getServerPort" -> port;
      case "getHeader" -> values(arguments).stream().findFirst().orElse(null);
      case "getHeaders" -> Collections.enumeration(values(arguments));
      case "getAttribute" -> attributes.get(arguments[0]);
      case "removeAttribute" -> attributes.remove(arguments[0]);
      case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
      default -> throw new UnsupportedOperationException(called.getName());
    };
  }

  private List<String> values(Object[] arguments) {
    return headers.getOrDefault(((String) arguments[0]).toLowerCase(Locale.ROOT), List.of());
  }
}
