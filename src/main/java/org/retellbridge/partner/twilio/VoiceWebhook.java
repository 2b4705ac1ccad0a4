package org.retellbridge.partner.twilio;

import java.util.Optional;
import org.retellbridge.foundation.telephony.CallFields;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.foundation.webhooks.SignedRequest;

/**
 * What Twilio says of a call. Every field may be absent, and unknown ones may come at any time;
 * where query and body name the same field, the body wins, as it did in the original.
 */
public final class VoiceWebhook {
  private final Fields body;
  private final Fields query;
  private final Optional<CallSid> callSid;

  private VoiceWebhook(Fields body, Fields query) {
    this.body = body;
    this.query = query;
    this.callSid = find("CallSid").flatMap(CallSid::parse);
  }

  /** Reads a request whose signature was verified, so its form is known to be well-formed. */
  public static VoiceWebhook of(SignedRequest request) {
    Fields body = request.isForm() ? Fields.of(request) : Fields.NONE;
    return new VoiceWebhook(body, Fields.ofQuery(request.rawQuery()));
  }

  public Optional<CallSid> callSid() {
    return callSid;
  }

  /**
   * The address that the call comes from, as Twilio writes it: E.164, {@code client:…}, {@code
   * sip:…}. The caller's, or the company's own number where Twilio placed the call.
   */
  public Optional<String> from() {
    return find("From");
  }

  public Optional<String> to() {
    return find("To");
  }

  /** The caller's own leg: the parent's of a leg that Twilio dialled for it, else this one. */
  public Optional<CallSid> firstLeg() {
    return find("ParentCallSid").flatMap(CallSid::parse).or(this::callSid);
  }

  /**
   * Whether somebody had Twilio place this call, which is then about the one who is called. A leg
   * that Twilio dials for a caller ({@code outbound-dial}) is about that caller, unless the address
   * that was asked names the one who is called: a flow stands on such a leg of an outbound call
   * too, and only the bridge has told it whom that call is about.
   */
  public boolean outbound() {
    return find("Direction").filter("outbound-api"::equals).isPresent()
        || namedCallee().isPresent();
  }

  /**
   * The one who is called by an outbound call, where only the address that was asked tells it
   * ({@code ?caller=}); it has to go on to the next address. Users write it into flows, where a
   * {@code +} that nobody escaped arrives as a blank.
   */
  public Optional<Caller> namedCallee() {
    return query
        .find(CallFields.CALLER)
        .map(text -> text.replace(' ', '+'))
        .flatMap(Caller::parse)
        .filter(named -> to().flatMap(Caller::parse).filter(named::equals).isPresent())
        .filter(named -> from().flatMap(Caller::parse).filter(named::equals).isEmpty());
  }

  /** Whom the call is about: the one who is called by an outbound call, else who calls. */
  public Optional<String> caller() {
    return outbound() ? to() : from();
  }

  /** The company's own number: the one that an outbound call comes from, else the dialled one. */
  public Optional<String> ownNumber() {
    return outbound() ? from() : to();
  }

  /** A value of the query alone. */
  public Optional<String> inQuery(String name) {
    return query.find(name);
  }

  /** A value of the body alone. */
  public Optional<String> inBody(String name) {
    return body.find(name);
  }

  /** A value of the body, else of the query. */
  public Optional<String> find(String name) {
    return body.find(name).or(() -> query.find(name));
  }
}
