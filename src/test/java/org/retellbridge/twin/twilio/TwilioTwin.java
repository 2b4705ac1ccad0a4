package org.retellbridge.twin.twilio;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.retellbridge.twin.retell.RetellTwin;
import org.retellbridge.twin.timeline.Timeline;
import org.retellbridge.twin.timeline.Traffic;
import org.retellbridge.twin.wire.Daemons;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Faults;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Outbound;
import org.retellbridge.twin.wire.RequestLog;

/** Twilio: a phone network to call in from, and the REST API on 127.0.0.1. */
public final class TwilioTwin implements AutoCloseable {

  private final TwilioAccount account;
  private final Books books = new Books();
  private final LegScript script = new LegScript();
  private final Network.Habits habits = new Network.Habits();
  private final ExecutorService threads = Daemons.pool("twilio-calls");
  private final LegDialler dialler;
  private final Network network;
  private final MiniServer server;

  public TwilioTwin(
      TwilioAccount account, RetellTwin retell, Outbound outbound, Timeline timeline) {
    this.account = account;
    Traffic traffic = new Traffic(timeline, "Twilio");
    this.dialler = new LegDialler(books, retell, script, timeline);
    TwilioWebhook webhook = new TwilioWebhook(outbound, traffic, account.authToken());
    this.network = new Network(webhook, dialler, script, books, timeline, threads, habits);
    this.server = new MiniServer("twilio", new TwilioApi(account, books), traffic);
  }

  /** Plays a whole call; an agent that answers greets and hangs up. */
  public PlacedCall placeCall(String voiceUrl, String from, String to, Map<String, String> extra) {
    CallRequest request = CallRequest.to(voiceUrl, from, to);
    for (Map.Entry<String, String> parameter : extra.entrySet()) {
      request = request.with(parameter.getKey(), parameter.getValue());
    }
    return placeCall(request);
  }

  public PlacedCall placeCall(CallRequest request) {
    return placeCall(request, agent -> {});
  }

  /**
   * Plays a whole call. The agent does what the conversation says and hangs up; everybody else who
   * answers hangs up at once. A failure of the conversation is thrown when the call is over.
   */
  public PlacedCall placeCall(CallRequest request, Conversation conversation) {
    LiveCall call = start(request, Optional.of(conversation));
    PlacedCall placed = call.awaitEnd();
    call.record().throwFailure();
    return placed;
  }

  /** Begins a call that goes on until somebody hangs up. */
  public LiveCall openCall(CallRequest request) {
    return start(request, Optional.empty());
  }

  private LiveCall start(CallRequest request, Optional<Conversation> automatic) {
    String sid = request.extra().getOrDefault("CallSid", Sids.next("CA"));
    CallRecord record = new CallRecord(sid, account.sid(), request);
    CallControl control = new CallControl();
    LiveCall call = new LiveCall(record, control);
    books.add(call);
    network.timeline().add("Caller", "Twilio", "calls " + request.to() + " from " + request.from());
    threads.execute(new CallRun(record, control, network, automatic));
    return call;
  }

  /** The parameters of such a call's first webhook, to be sent by {@link #webhook()}. */
  public Fields fieldsOf(CallRequest request) {
    String sid = request.extra().getOrDefault("CallSid", Sids.next("CA"));
    return new CallRecord(sid, account.sid(), request).fields();
  }

  public URI base() {
    return server.base();
  }

  public TwilioAccount account() {
    return account;
  }

  public Faults faults() {
    return server.faults();
  }

  /** The requests to the REST API. */
  public RequestLog requests() {
    return server.log();
  }

  /** A refusal in Twilio's own form, for example 429 with code 20429. */
  public static Fault.Says refusal(int status, int code, String message) {
    return Fault.says(new RestError(status, code, message).reply());
  }

  /** How legs that are dialled go. */
  public LegScript legs() {
    return script;
  }

  /** Sends signed requests without a call, as status callbacks and Studio's widgets do. */
  public TwilioWebhook webhook() {
    return network.webhook();
  }

  public void own(String phoneNumber, String voiceUrl, String voiceFallbackUrl) {
    own(OwnedNumber.of(phoneNumber, voiceUrl, voiceFallbackUrl));
  }

  public void own(OwnedNumber number) {
    books.numbers.put(number.phoneNumber(), number);
  }

  public void ownApplication(String applicationSid) {
    books.applications.add(applicationSid);
  }

  public void ownWorkflow(String workspaceSid, String workflowSid) {
    books.workflows.put(workflowSid, new Books.Workflow(workspaceSid, workflowSid, "Twin"));
  }

  public void ownMessagingService(String messagingServiceSid) {
    books.messagingServices.add(messagingServiceSid);
  }

  public void ownTaskChannel(String uniqueName) {
    books.taskChannels.add(uniqueName);
  }

  /** This recipient has replied STOP: 21610. */
  public void optOut(String phoneNumber) {
    refuseMessagesTo(phoneNumber, 21610);
  }

  /** This recipient is a landline: 21635. */
  public void landline(String phoneNumber) {
    refuseMessagesTo(phoneNumber, 21635);
  }

  /** Messages to this recipient are refused with that code: 21614, 21408, 21612, … */
  public void refuseMessagesTo(String phoneNumber, int code) {
    books.unreachable.put(phoneNumber, code);
  }

  /** Messages to this recipient are taken again. */
  public void takeMessagesTo(String phoneNumber) {
    books.unreachable.remove(phoneNumber);
  }

  /** The host at which Retell answers SIP; {@code sip.retellai.com} unless said otherwise. */
  public void sipHost(String host) {
    dialler.sipHost(host);
  }

  /**
   * Dial's action is asked although the REST API moved the call, once the latch is open (unknown;
   * by default it is not).
   */
  public void actionAfterRedirect(CountDownLatch from) {
    habits.actionAfterRedirect = Optional.of(from);
  }

  public Optional<LiveCall> call(String callSid) {
    return books.call(callSid);
  }

  public List<SentMessage> messages() {
    return books.messages();
  }

  public List<CreatedTask> tasks() {
    return books.tasks();
  }

  /** The calls that TwiML Apps got. */
  public List<StudioVisit> studioVisits() {
    return books.visits();
  }

  /** Has the callers of all calls hang up that go on, and waits for their end. */
  public void hangUpAll() {
    books.calls().forEach(LiveCall::hangUp);
    books.calls().forEach(LiveCall::awaitEnd);
  }

  /** Forgets calls, messages, tasks, scripts and faults; what the account owns stays. */
  public void reset() {
    books.clear();
    script.reset();
    habits.actionAfterRedirect = Optional.empty();
    server.reset();
  }

  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
  }
}
