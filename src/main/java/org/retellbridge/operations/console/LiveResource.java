package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Tells open pages what changed, as server-sent events. */
@Path("/console/live")
@ApplicationScoped
@ConsoleSide
public class LiveResource {
  private Sessions sessions;
  private Watchers watchers;

  public LiveResource() {}

  @Inject
  LiveResource(Sessions sessions, Watchers watchers) {
    this.sessions = sessions;
    this.watchers = watchers;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void watch(
      @CookieParam(ConsoleGate.COOKIE) Cookie cookie,
      @Context SseEventSink sink,
      @Context Sse sse) {
    ConsoleGate.session(sessions, cookie)
        .ifPresentOrElse(
            session -> watchers.add(new Watcher(sink, sse, session.ends())), sink::close);
  }
}
