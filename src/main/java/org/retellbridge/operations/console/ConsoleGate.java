package org.retellbridge.operations.console;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.retellbridge.foundation.problems.Problem;

/** Stands before the console alone: who is not logged in gets the login page and nothing else. */
@Provider
@ConsoleSide
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class ConsoleGate implements ContainerRequestFilter {
  static final String COOKIE = "bridge_console";
  static final String FORM_TOKEN = "X-Console-Form";

  @Context private ResourceInfo resource;

  private Sessions sessions;

  public ConsoleGate() {}

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

  static Optional<Session> session(Sessions sessions, Cookie cookie) {
    return Optional.ofNullable(cookie).map(Cookie::getValue).flatMap(sessions::of);
  }

  /** Browsers say where a request comes from, and no page can make them say otherwise. */
  private static boolean fromElsewhere(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin");
  }
}
