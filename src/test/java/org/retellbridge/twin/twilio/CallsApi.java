package org.retellbridge.twin.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** Reads calls and takes live ones elsewhere. */
final class CallsApi {

  /** In characters by the documentation; here in bytes as well, since nobody has said which. */
  private static final int LONGEST_TWIML = 4000;

  private final TwilioAccount account;
  private final Books books;

  CallsApi(TwilioAccount account, Books books) {
    this.account = account;
    this.books = books;
  }

  Reply fetch(Request request, List<String> places) {
    return Reply.json(200, resource(call(places.get(0), request)));
  }

  Reply update(Request request, List<String> places) {
    LiveCall call = call(places.get(0), request);
    Fields form = request.form();
    Step step = step(call, form);
    if (!call.control().order(step)) {
      throw gone();
    }
    return Reply.json(200, resource(call));
  }

  private Step step(LiveCall call, Fields form) {
    String twiml = form.get("Twiml");
    String url = form.get("Url");
    String status = form.get("Status");
    if (!twiml.isEmpty() && !url.isEmpty()) {
      throw new RestError(400, 20001, "Twiml and Url are mutually exclusive");
    }
    if (!status.isEmpty()) {
      return end(call, status);
    }
    if (twiml.isEmpty() && url.isEmpty()) {
      throw new RestError(400, 20001, "Nothing to update");
    }
    if (!call.record().status().equals("in-progress")) {
      throw gone();
    }
    return twiml.isEmpty() ? fetchStep(url, form.first("Method").orElse("POST")) : play(twiml);
  }

  private static Step end(LiveCall call, String status) {
    boolean ringing = call.record().status().equals("ringing");
    if (!status.equals("completed") && !status.equals("canceled")) {
      throw new RestError(400, 20001, "Status must be canceled or completed");
    }
    if (!call.record().live() || (status.equals("canceled") && !ringing)) {
      throw gone();
    }
    return new Step.Over("caller cut off by the REST API");
  }

  private static Step fetchStep(String url, String method) {
    return Urls.resolve(java.util.Optional.empty(), url)
        .<Step>map(target -> new Step.Fetch(target, method, new Fields()))
        .orElseThrow(() -> new RestError(400, 21205, "Url is not a valid URL"));
  }

  /** That malformed TwiML is refused here is documented; its code is not. */
  private static Step play(String twiml) {
    if (twiml.length() > LONGEST_TWIML || twiml.getBytes(UTF_8).length > LONGEST_TWIML) {
      throw new RestError(400, 32018, "Twiml parameter is too long");
    }
    Twiml parsed = TwimlReader.parse(twiml.getBytes(UTF_8));
    if (!parsed.usable()) {
      throw new RestError(400, parsed.problems().get(0).code(), parsed.problems().get(0).message());
    }
    return new Step.Play(twiml);
  }

  private LiveCall call(String sid, Request request) {
    return books.call(sid).orElseThrow(() -> RestError.notFound(request.rawPath()));
  }

  private static RestError gone() {
    return new RestError(400, 21220, "Call is not in-progress. Cannot redirect.");
  }

  private jakarta.json.JsonObject resource(LiveCall call) {
    CallRequest request = call.record().request();
    URI path = URI.create("/2010-04-01/Accounts/" + account.sid() + "/Calls/" + call.callSid());
    return Json.object()
        .add("sid", call.callSid())
        .add("account_sid", account.sid())
        .add("from", request.from())
        .add("to", request.to())
        .add("status", call.record().status())
        .add("direction", request.extra().getOrDefault("Direction", "inbound"))
        .add("api_version", "2010-04-01")
        .add("date_updated", Dates.rfc2822())
        .addNull("parent_call_sid")
        .addNull("duration")
        .add("uri", path + ".json")
        .build();
  }
}
