package org.retellbridge.operations.console;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.operations.Guesses;
import org.retellbridge.operations.Guesses.Door;
import org.retellbridge.operations.LoginAttempts.Attempt;
import org.retellbridge.operations.OperationsToken;

/**
 * Into the console and out of it. The token comes in a header: bodies of strangers are not read.
 */
@Path("/console")
@ApplicationScoped
@ConsoleSide
public class LoginResource {
  private static final System.Logger LOGGER = System.getLogger(LoginResource.class.getName());

  private OperationsToken token;
  private Sessions sessions;
  private Guesses guesses;

  public LoginResource() {}

  @Inject
  LoginResource(OperationsToken token, Sessions sessions, Guesses guesses) {
    this.token = token;
    this.sessions = sessions;
    this.guesses = guesses;
  }

  /** 204 and the cookie; 403 for another token; 429 for who has to wait. */
  @POST
  @Path("/login")
  @BeforeLogin
  public Response login() {
    SignedRequest request = SignedRequest.here();
    Attempt attempt =
        guesses.attempt(
            Door.LOGIN, request, () -> token.opens(request.lines(HttpHeaders.AUTHORIZATION)));
    if (attempt.early()) {
      return Response.fromResponse(Problem.of(429, "Too many attempts").response())
          .header("Retry-After", attempt.pause().toSeconds() + 1)
          .build();
    }
    if (!attempt.right()) {
      return Problem.of(403, "That is not the operations token").response();
    }
    LOGGER.log(INFO, "console: somebody logged in");
    return cookie(sessions.open(), Sessions.LENGTH);
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
