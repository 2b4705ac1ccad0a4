package org.retellbridge.operations.console;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.retellbridge.foundation.problems.Problem;

/** Stands before the console alone: who is not logged in gets the login page and nothing else. */
@Provider
@ConsoleSide
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class ConsoleGate implements ContainerRequestFilter, ContainerResponseFilter {
  static final String COOKIE = "bridge_console";
  static final String FORM_TOKEN = "X-Console-Form";

  /** No inline script or style, no other origin, no frame, no form that leads elsewhere. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  @Context private ResourceInfo resource;

  private Sessions sessions;

  ConsoleGate() {}

  @Inject
  ConsoleGate(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    boolean acts = !"GET".equals(request.getMethod());
    if (acts && fromElsewhere(request)) {
      request.abortWith(Problem.of(403, "The request comes from another site").response());
      return;
    }
    if (resource.getResourceMethod().isAnnotationPresent(BeforeLogin.class)) {
      return;
    }
    Optional<Session> session = session(sessions, request.getCookies().get(COOKIE));
    if (session.isEmpty()) {
      request.abortWith(Problem.of(403, "Log in first").response());
      return;
    }
    String presented = request.getHeaderString(FORM_TOKEN);
    if (acts && (presented == null || !sessions.fromItsPage(session.get(), presented))) {
      request.abortWith(Problem.of(403, "The request does not come from the console").response());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("Content-Security-Policy", POLICY);
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.putSingle("X-Frame-Options", "DENY");
    headers.putSingle("Referrer-Policy", "no-referrer");
    headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
    headers.putSingle("Cross-Origin-Resource-Policy", "same-origin");
    if (!headers.containsKey("Cache-Control")) {
      headers.putSingle("Cache-Control", "no-store");
    }
  }

  static Optional<Session> session(Sessions sessions, Cookie cookie) {
    return Optional.ofNullable(cookie).map(Cookie::getValue).flatMap(sessions::of);
  }

  /** Browsers say where a request comes from, and no page can make them say otherwise. */
  private static boolean fromElsewhere(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin");
  }
}
