package org.retellbridge.twin.twilio;

import jakarta.json.JsonObject;
import java.util.List;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** Accepts SMS and refuses those that the documentation has a code for. */
final class MessagesApi {

  private static final int LONGEST_BODY = 1600;

  private final TwilioAccount account;
  private final Books books;

  MessagesApi(TwilioAccount account, Books books) {
    this.account = account;
    this.books = books;
  }

  Reply create(Request request, List<String> places) {
    Fields form = request.form();
    String to = form.get("To");
    String body = form.get("Body");
    require(!to.isEmpty(), 21604, "A 'To' phone number is required.");
    require(LegDialler.E164.matcher(to).matches(), 21211, "Invalid 'To' Phone Number");
    require(!body.isEmpty(), 21602, "Message body is required.");
    require(
        body.codePointCount(0, body.length()) <= LONGEST_BODY,
        21617,
        "The concatenated message body exceeds the 1600 character limit");
    String from = form.get("From");
    String service = form.get("MessagingServiceSid");
    sender(from, service);
    recipient(to);
    SentMessage message = new SentMessage(Sids.next("SM"), from, service, to, body);
    books.add(message);
    return Reply.json(201, resource(message));
  }

  private void sender(String from, String service) {
    require(!from.isEmpty() || !service.isEmpty(), 21603, "A 'From' phone number is required.");
    if (!service.isEmpty()) {
      require(books.messagingServices.contains(service), 21705, "Messaging Service Sid is invalid");
      return;
    }
    OwnedNumber number = books.numbers.get(from);
    require(
        number != null && number.sms(),
        21606,
        "The 'From' phone number provided is not a valid message-capable phone number");
  }

  private void recipient(String to) {
    Integer code = books.unreachable.get(to);
    if (code != null) {
      throw new RestError(400, code, "Message cannot be sent to this recipient");
    }
  }

  private static void require(boolean condition, int code, String message) {
    if (!condition) {
      throw new RestError(400, code, message);
    }
  }

  private JsonObject resource(SentMessage message) {
    boolean byService = message.from().isEmpty();
    String path = "/2010-04-01/Accounts/" + account.sid() + "/Messages/" + message.sid();
    var json =
        Json.object()
            .add("sid", message.sid())
            .add("account_sid", account.sid())
            .add("to", message.to())
            .add("body", message.body())
            .add("status", byService ? "accepted" : "queued")
            .add("direction", "outbound-api")
            .add("num_segments", "1")
            .add("num_media", "0")
            .add("api_version", "2010-04-01")
            .add("date_created", Dates.rfc2822())
            .addNull("error_code")
            .addNull("error_message")
            .add("uri", path + ".json");
    return byService
        ? json.addNull("from").add("messaging_service_sid", message.messagingServiceSid()).build()
        : json.add("from", message.from()).addNull("messaging_service_sid").build();
  }
}
