package org.retellbridge.twin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.retellbridge.twin.retell.RetellAgent;
import org.retellbridge.twin.retell.RetellTwin;
import org.retellbridge.twin.segment.SegmentTwin;
import org.retellbridge.twin.timeline.Timeline;
import org.retellbridge.twin.timeline.TwinClock;
import org.retellbridge.twin.twilio.TwilioTwin;
import org.retellbridge.twin.wire.Outbound;
import org.retellbridge.twin.wire.PublicAddresses;

/** All vendors together, each on its own port of 127.0.0.1, with one clock and one timeline. */
public final class Twin implements AutoCloseable {

  private final String publicBase;
  private final PublicAddresses addresses = new PublicAddresses();
  private final Timeline timeline = new Timeline();
  private final TwinClock clock = new TwinClock();
  private final RetellTwin retell;
  private final TwilioTwin twilio;
  private final SegmentTwin segment;

  private Twin(String publicBase) {
    this.publicBase = publicBase;
    Outbound outbound = new Outbound(addresses);
    retell = new RetellTwin(TwinNames.RETELL_KEYS, clock, outbound, timeline);
    retell.hire(RetellAgent.named(TwinNames.AGENT, "Front desk"));
    retell.hire(RetellAgent.named(TwinNames.OTHER_AGENT, "Night desk"));
    twilio = new TwilioTwin(TwinNames.ACCOUNT, retell, outbound, timeline);
    segment =
        new SegmentTwin(
            TwinNames.SPACE, TwinNames.SEGMENT_TOKEN, TwinNames.SEGMENT_WRITE_KEY, clock, timeline);
    twilio.own(TwinNames.NUMBER, publicBase + "/start", "");
    twilio.own(TwinNames.OTHER_NUMBER, publicBase + "/start", "");
    twilio.ownApplication(TwinNames.APPLICATION);
    twilio.ownApplication(TwinNames.FALLBACK_APPLICATION);
    twilio.ownWorkflow(TwinNames.WORKSPACE, TwinNames.WORKFLOW);
    twilio.ownMessagingService(TwinNames.MESSAGING_SERVICE);
  }

  public static Twin start() {
    return start("https://bridge.example.test");
  }

  /**
   * @param publicBase the bridge's address as Twilio and Retell know it, without a trailing slash;
   *     {@link #publish} says where it leads
   */
  public static Twin start(String publicBase) {
    return new Twin(publicBase);
  }

  /** Leads the public base to the bridge, for example {@code http://127.0.0.1:8080}. */
  public Twin publish(String localBase) {
    addresses.publish(publicBase, localBase);
    return this;
  }

  public String publicBase() {
    return publicBase;
  }

  /** The public URL of one of the bridge's paths, with its leading slash. */
  public String publicUrl(String path) {
    return publicBase + path;
  }

  public PublicAddresses addresses() {
    return addresses;
  }

  public Timeline timeline() {
    return timeline;
  }

  public TwinClock clock() {
    return clock;
  }

  public RetellTwin retell() {
    return retell;
  }

  public TwilioTwin twilio() {
    return twilio;
  }

  public SegmentTwin segment() {
    return segment;
  }

  public String retellApi() {
    return retell.base().toString();
  }

  public String twilioApi() {
    return twilio.base().toString();
  }

  /** With {@code /v1}. */
  public String segmentProfiles() {
    return segment.profilesBase();
  }

  /** With {@code /v1}. */
  public String segmentTracking() {
    return segment.trackingBase();
  }

  /** The settings with which a bridge works against this twin; no fallback rung is among them. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("ACCOUNT_SID", TwinNames.ACCOUNT.sid());
    settings.put("AUTH_TOKEN", TwinNames.ACCOUNT.authToken());
    settings.put("TWILIO_API_BASE_URL", twilioApi());
    settings.put("TWILIO_APPLICATION_SID", TwinNames.APPLICATION);
    settings.put("WORKSPACE_SID", TwinNames.WORKSPACE);
    settings.put("WORKFLOW_SID", TwinNames.WORKFLOW);
    settings.put("SMS_FROM_NUMBER", TwinNames.NUMBER);
    settings.put("RETELL_API_KEY", TwinNames.RETELL_KEYS.api());
    settings.put("RETELL_WEBHOOK_KEY", TwinNames.RETELL_KEYS.webhook());
    settings.put("RETELL_API_BASE_URL", retellApi());
    settings.put("RETELL_AGENT_ID", TwinNames.AGENT);
    settings.put("RETELL_AGENT_VERSION", "prod");
    settings.put("SEGMENT_SPACE_ID", TwinNames.SPACE);
    settings.put("SEGMENT_API_ACCESS_TOKEN", TwinNames.SEGMENT_TOKEN);
    settings.put("SEGMENT_WRITE_KEY", TwinNames.SEGMENT_WRITE_KEY);
    settings.put("SEGMENT_PROFILES_API_BASE_URL", segmentProfiles());
    settings.put("SEGMENT_TRACKING_API_BASE_URL", segmentTracking());
    settings.put("PUBLIC_BASE_URL", publicBase);
    return settings;
  }

  /** Ends what goes on, and waits until everybody was told: nothing comes later. */
  public void settle() {
    twilio.hangUpAll();
    retell.awaitDeliveries();
  }

  /** Forgets what has happened, faults and scripts included: a fresh start for the next test. */
  public void reset() {
    retell.reset();
    twilio.reset();
    segment.reset();
    clock.reset();
    timeline.clear();
  }

  @Override
  public void close() {
    twilio.close();
    retell.close();
    segment.close();
  }
}
