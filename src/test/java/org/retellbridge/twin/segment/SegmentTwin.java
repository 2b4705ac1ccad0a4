package org.retellbridge.twin.segment;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.retellbridge.twin.timeline.Timeline;
import org.retellbridge.twin.timeline.Traffic;
import org.retellbridge.twin.timeline.TwinClock;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Faults;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.RequestLog;

/** Segment: Profile API and Tracking API on two ports of 127.0.0.1, one space behind both. */
public final class SegmentTwin implements AutoCloseable {

  private final SegmentSpace space;
  private final TwinClock clock;
  private final Inbox inbox;
  private final MiniServer profiles;
  private final MiniServer tracking;

  public SegmentTwin(
      String spaceId, String token, String writeKey, TwinClock clock, Timeline timeline) {
    this.clock = clock;
    space = new SegmentSpace(clock);
    inbox = new Inbox(space, clock);
    ProfileApi profileApi = new ProfileApi(spaceId, token, space, new ProfileViews(clock));
    Traffic traffic = new Traffic(timeline, "Segment");
    profiles = new MiniServer("segment-profiles", profileApi, traffic);
    tracking = new MiniServer("segment-tracking", new TrackingApi(writeKey, inbox), traffic);
  }

  /** Base of the Profile API with its version, for the bridge's settings. */
  public String profilesBase() {
    return profiles.base() + "/v1";
  }

  public String trackingBase() {
    return tracking.base() + "/v1";
  }

  /** A refusal in the Profile API's own form, for example 429 {@code rate_limit_error}. */
  public static Fault.Says refusal(int status, String code) {
    return Fault.says(ProfileApi.error(status, code, "made up by the twin"));
  }

  public Faults profileFaults() {
    return profiles.faults();
  }

  public Faults trackingFaults() {
    return tracking.faults();
  }

  public RequestLog profileRequests() {
    return profiles.log();
  }

  public RequestLog trackingRequests() {
    return tracking.log();
  }

  /** Makes a customer known, with identifiers such as {@code phone} and traits. */
  public void know(Map<String, String> identifiers, JsonObject traits) {
    seed("identify", identifiers, Json.object().add("traits", traits).build());
  }

  /** Lets a known customer have done something. */
  public void remember(Map<String, String> identifiers, String event, JsonObject properties) {
    seed(
        "track",
        identifiers,
        Json.object().add("event", event).add("properties", properties).build());
  }

  /** Goes to the profiles directly: seeds are not among the messages. */
  private void seed(String type, Map<String, String> identifiers, JsonObject body) {
    JsonArrayBuilder external = Json.array();
    JsonObjectBuilder whole = Json.object(body);
    identifiers.forEach(
        (idType, value) -> {
          if (idType.equals("user_id")) {
            whole.add("userId", value);
          } else {
            external.add(
                Json.object()
                    .add("id", value)
                    .add("type", idType)
                    .add("collection", "users")
                    .add("encoding", "none"));
          }
        });
    whole.add("context", Json.object().add("externalIds", external));
    String messageId = "seed-" + UUID.randomUUID();
    space.apply(new SegmentMessage(type, messageId, clock.instant(), whole.build(), "applied"));
  }

  /** All messages that were taken, lost and doubled ones too, with their fate. */
  public List<SegmentMessage> messages() {
    return inbox.messages();
  }

  public Optional<Profile> profile(String idType, String value) {
    return space.ask(new Identifier(idType, value), profile -> profile);
  }

  public Set<Profile> profiles() {
    return space.all();
  }

  /** Holds accepted messages back from the profiles, or lets them in: consistency is eventual. */
  public void hold(boolean on) {
    inbox.hold(on);
  }

  /** Takes a custom identifier such as {@code phone} out of the space's configuration. */
  public void forgetIdentifier(String type) {
    space.rules().forget(type);
  }

  public void configureIdentifier(String type) {
    space.rules().configure(type);
  }

  /**
   * Whether the space takes an identifier that nobody configured, as those before 2020-09-27 do.
   */
  public void addsUnknownTypes(boolean on) {
    space.rules().addsUnknown(on);
  }

  /** Forgets customers, messages, requests and faults. */
  public void reset() {
    space.clear();
    inbox.clear();
    List.of("phone", "client_id").forEach(this::configureIdentifier);
    addsUnknownTypes(true);
    profiles.reset();
    tracking.reset();
  }

  @Override
  public void close() {
    profiles.close();
    tracking.close();
  }
}
