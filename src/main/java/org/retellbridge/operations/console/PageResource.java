package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.retellbridge.operations.Version;

/** The page itself. Its parts are files of this WAR; nothing is fetched from elsewhere. */
@Path("/console")
@ApplicationScoped
@ConsoleSide
public class PageResource {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final Asset page = Asset.of("console.html");
  private final Asset loginPage = Asset.of("login.html");
  private final Asset style = Asset.of("console.css");
  private final Asset script = Asset.of("console.js");
  private final Asset loginScript = Asset.of("login.js");
  private final Asset icon = Asset.of("icon.svg");

  private Sessions sessions;
  private Version version;

  public PageResource() {}

  @Inject
  PageResource(Sessions sessions, Version version) {
    this.sessions = sessions;
    this.version = version;
  }

  /** The console, or the login page for those who are not logged in. */
  @GET
  @BeforeLogin
  public Response page(@CookieParam(ConsoleGate.COOKIE) Cookie cookie) {
    Optional<Session> session = ConsoleGate.session(sessions, cookie);
    String html =
        session
            .map(
                known ->
                    page.text()
                        .replace("{form-token}", known.formToken())
                        .replace("{version}", version.text()))
            .orElseGet(loginPage::text);
    return Response.ok(html, HTML).build();
  }

  @GET
  @Path("/console.css")
  @BeforeLogin
  public Response style(@Context Request request) {
    return file(style, "text/css; charset=utf-8", request);
  }

  @GET
  @Path("/login.js")
  @BeforeLogin
  public Response loginScript(@Context Request request) {
    return file(loginScript, SCRIPT, request);
  }

  @GET
  @Path("/icon.svg")
  @BeforeLogin
  public Response icon(@Context Request request) {
    return file(icon, "image/svg+xml", request);
  }

  @GET
  @Path("/console.js")
  public Response script(@Context Request request) {
    return file(script, SCRIPT, request);
  }

  private static Response file(Asset asset, String type, Request request) {
    EntityTag tag = new EntityTag(asset.digest());
    Response.ResponseBuilder known = request.evaluatePreconditions(tag);
    return (known == null ? Response.ok(asset.text(), type) : known)
        .tag(tag)
        .header("Cache-Control", "private, no-cache")
        .build();
  }
}
