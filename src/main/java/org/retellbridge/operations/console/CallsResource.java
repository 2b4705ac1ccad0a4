package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.History;
import org.retellbridge.foundation.ledger.History.After;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.foundation.webhooks.SignedRequest;

/** Calls and their courses. */
@Path("/console/calls")
@ApplicationScoped
@ConsoleSide
public class CallsResource {
  static final int PAGE = 50;

  private History history;
  private Looks looks;

  public CallsResource() {}

  @Inject
  CallsResource(History history, Looks looks) {
    this.history = history;
    this.looks = looks;
  }

  /**
   * A page of calls, newest first.
   *
   * @param started milliseconds since 1970: when the last call of the page before it began
   * @param key that call's
   */
  @GET
  public CompletionStage<Response> calls(
      @QueryParam("live") boolean live,
      @QueryParam("started") Long started,
      @QueryParam("key") @DefaultValue("") String key) {
    After after = started == null ? After.NOTHING : new After(Instant.ofEpochMilli(started), key);
    return Reply.to(history.calls(live, after, PAGE + 1).thenApply(calls -> page(calls, PAGE)));
  }

  /** The newest calls of a customer. The number comes in a header, because URLs stand in logs. */
  @POST
  @Path("/search")
  public CompletionStage<Response> search(@HeaderParam("X-Console-Number") String number) {
    return PhoneNumber.parse(number == null ? "" : number)
        .map(this::ofCustomer)
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    Problem.of(400, "That is not a number like +61255500000").response()));
  }

  private CompletionStage<Response> ofCustomer(PhoneNumber customer) {
    looks.searched(looks.who(SignedRequest.here()), customer);
    return Reply.to(history.ofCaller(customer, PAGE + 1).thenApply(calls -> page(calls, PAGE)));
  }

  /**
   * One call.
   *
   * @param key a CallSid or a {@code call_id}
   */
  @GET
  @Path("/{key: [A-Za-z0-9_-]+}")
  public CompletionStage<Response> call(@PathParam("key") String key) {
    String who = looks.who(SignedRequest.here());
    return history
        .story(key)
        .thenApply(
            story ->
                story
                    .map(known -> shown(who, known))
                    .orElseGet(() -> Problem.of(404, "There is no such call").response()))
        .exceptionally(Reply::down);
  }

  private Response shown(String who, History.Story story) {
    looks.opened(who, story.call());
    return Reply.json(CallJson.of(story));
  }

  private static String page(List<PhoneCall> calls, int most) {
    JsonArrayBuilder list = JsonText.array();
    calls.stream().limit(most).map(CallJson::of).forEach(list::add);
    return JsonText.object().add("calls", list).add("more", calls.size() > most).build().toString();
  }
}
