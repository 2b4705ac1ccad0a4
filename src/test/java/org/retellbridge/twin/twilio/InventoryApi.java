package org.retellbridge.twin.twilio;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** Tells what the account owns. */
final class InventoryApi {

  private final TwilioAccount account;
  private final Books books;

  InventoryApi(TwilioAccount account, Books books) {
    this.account = account;
    this.books = books;
  }

  static void requireWorkspace(Books books, String workspaceSid, Request request) {
    if (books.workflows.values().stream().noneMatch(w -> w.workspaceSid().equals(workspaceSid))) {
      throw RestError.notFound(request.rawPath());
    }
  }

  Reply account(Request request, List<String> places) {
    return Reply.json(
        200,
        Json.object()
            .add("sid", account.sid())
            .add("friendly_name", "Twin Ltd")
            .add("status", "active")
            .add("type", "Full")
            .build());
  }

  Reply application(Request request, List<String> places) {
    if (!books.applications.contains(places.get(0))) {
      throw RestError.notFound(request.rawPath());
    }
    return Reply.json(
        200,
        Json.object()
            .add("sid", places.get(0))
            .add("account_sid", account.sid())
            .add("friendly_name", "Studio")
            .add("voice_url", "https://webhooks.twilio.com/v1/Accounts/twin/Flows/twin")
            .add("voice_method", "POST")
            .addNull("voice_fallback_url")
            .build());
  }

  Reply numbers(Request request, List<String> places) {
    String wanted = request.query().get("PhoneNumber");
    JsonArrayBuilder list = Json.array();
    books.numbers.values().stream()
        .filter(number -> number.phoneNumber().contains(wanted))
        .sorted(Comparator.comparing(OwnedNumber::phoneNumber))
        .forEach(number -> list.add(resource(number)));
    return Reply.json(
        200,
        Json.object()
            .add("incoming_phone_numbers", list)
            .add("page", 0)
            .add("page_size", 50)
            .addNull("next_page_uri")
            .build());
  }

  Reply number(Request request, List<String> places) {
    return books.numbers.values().stream()
        .filter(number -> number.sid().equals(places.get(0)))
        .findFirst()
        .map(number -> Reply.json(200, resource(number)))
        .orElseThrow(() -> RestError.notFound(request.rawPath()));
  }

  private JsonObject resource(OwnedNumber number) {
    return Json.object()
        .add("sid", number.sid())
        .add("account_sid", account.sid())
        .add("phone_number", number.phoneNumber())
        .add("friendly_name", number.phoneNumber())
        .add("voice_url", number.voiceUrl())
        .add("voice_method", number.voiceMethod())
        .add("voice_fallback_url", number.voiceFallbackUrl())
        .add("voice_application_sid", number.applicationSid())
        .add("capabilities", Json.object().add("voice", true).add("sms", number.sms()))
        .build();
  }

  Reply messagingService(Request request, List<String> places) {
    if (!books.messagingServices.contains(places.get(0))) {
      throw RestError.notFound(request.rawPath());
    }
    return named(places.get(0));
  }

  Reply workspace(Request request, List<String> places) {
    requireWorkspace(books, places.get(0), request);
    return named(places.get(0));
  }

  Reply workflow(Request request, List<String> places) {
    Books.Workflow workflow = books.workflows.get(places.get(1));
    if (workflow == null || !workflow.workspaceSid().equals(places.get(0))) {
      throw RestError.notFound(request.rawPath());
    }
    return named(places.get(1));
  }

  private Reply named(String sid) {
    return Reply.json(
        200,
        Json.object()
            .add("sid", sid)
            .add("account_sid", account.sid())
            .add("friendly_name", "Twin")
            .build());
  }
}
