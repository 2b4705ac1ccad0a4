package org.retellbridge.operations.console;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.webhooks.LineLimit;
import org.retellbridge.operations.OperationsToken;

/**
 * Into the console and out of it. The token comes in a header: bodies of strangers are not read.
 */
@Path("/console")
@ApplicationScoped
@ConsoleSide
public class LoginResource {
  private static final System.Logger LOGGER = System.getLogger(LoginResource.class.getName());
  private static final String SCHEME = "Bearer ";

  private OperationsToken token;
  private Sessions sessions;
  private LoginAttempts attempts;
  private ClientAddress address;
  private LineLimit lines;

  public LoginResource() {}

  @Inject
  LoginResource(
      OperationsToken token, Sessions sessions, LoginAttempts attempts, ClientAddress address) {
    this(token, sessions, attempts, address, new LineLimit(System::nanoTime));
  }

  LoginResource(
      OperationsToken token,
      Sessions sessions,
      LoginAttempts attempts,
      ClientAddress address,
      LineLimit lines) {
    this.token = token;
    this.sessions = sessions;
    this.attempts = attempts;
    this.address = address;
    this.lines = lines;
  }

  /** 204 and the cookie; 403 for another token; 429 for who has to wait. */
  @POST
  @Path("/login")
  @BeforeLogin
  public Response login(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @Context HttpServletRequest request) {
    String from = address.of(request);
    Duration wait = attempts.ask(from);
    if (!wait.isZero()) {
      return Response.fromResponse(Problem.of(429, "Too many attempts").response())
          .header("Retry-After", wait.toSeconds() + 1)
          .build();
    }
    if (authorization == null
        || !authorization.startsWith(SCHEME)
        || !token.is(authorization.substring(SCHEME.length()))) {
      lines.pass("wrong token").ifPresent(LoginResource::tell);
      return Problem.of(403, "That is not the operations token").response();
    }
    attempts.succeeded(from);
    LOGGER.log(INFO, "console: somebody logged in");
    return cookie(sessions.open(), Sessions.LENGTH);
  }

  private static void tell(long leftOut) {
    LOGGER.log(
        WARNING,
        "console: somebody tried to log in with a wrong token{0}",
        LineLimit.more(leftOut));
  }

  /** The browser forgets the session; a new operations token ends those of all browsers. */
  @POST
  @Path("/logout")
  public Response logout() {
    return cookie("", Duration.ZERO);
  }

  /**
   * Without a path: the browser then takes the folder that it sees, whatever prefix a proxy strips,
   * and sends the cookie to the console and to nothing else.
   */
  private static Response cookie(String value, Duration length) {
    return Response.noContent()
        .header(
            HttpHeaders.SET_COOKIE,
            ConsoleGate.COOKIE
                + "="
                + value
                + "; Max-Age="
                + length.toSeconds()
                + "; Secure; HttpOnly; SameSite=Strict")
        .build();
  }
}
