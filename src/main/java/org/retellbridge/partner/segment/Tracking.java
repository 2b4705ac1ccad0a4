package org.retellbridge.partner.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.Accepted;
import org.retellbridge.foundation.ledger.Mark;
import org.retellbridge.foundation.ledger.Outbox;
import org.retellbridge.foundation.ledger.Parcel;
import org.retellbridge.foundation.ledger.Until;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;

/**
 * Writes customers and their events, through the outbox: what is accepted here reaches Segment,
 * also after an outage or a crash, in order for each customer and under one {@code messageId}.
 */
@ApplicationScoped
public class Tracking {
  private boolean on;
  private Owed outbox;
  private UserIds userIds;
  private Heard heard;
  private String writeKey;
  private Clock clock;

  Tracking() {}

  @Inject
  Tracking(Settings settings, Outbox outbox) {
    this(settings, outbox::accept, Clock.systemUTC());
  }

  Tracking(Settings settings, Owed outbox, Clock clock) {
    this.on = settings.state(Feature.TRACKING).on();
    this.userIds = UserIds.of(settings);
    this.heard = Heard.of(settings);
    this.writeKey = settings.find(Catalogue.SEGMENT_WRITE_KEY).orElse("");
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Whether there is a write key. */
  public boolean on() {
    return on;
  }

  /**
   * Says what is known of a customer, once per mark; completes after the first attempt.
   *
   * @param heard traits by name, as the model heard them
   */
  public CompletionStage<Written> identify(
      Customer customer, Map<String, JsonValue> heard, Mark mark) {
    Identity identity = Identity.of(customer, userIds);
    String id = mark.effect().key();
    Message message = Message.identify(identity, this.heard.traits(heard), id, clock.instant());
    return send(message, Until.ATTEMPTED, Optional.of(mark));
  }

  /**
   * Says what a customer did, once per mark; completes after the first attempt.
   *
   * @param heard properties by name, as the model heard them
   */
  public CompletionStage<Written> track(
      Customer customer, String event, Map<String, JsonValue> heard, Mark mark) {
    Identity identity = Identity.of(customer, userIds);
    String id = mark.effect().key();
    Message message =
        Message.track(identity, event, this.heard.properties(heard), id, clock.instant());
    return send(message, Until.ATTEMPTED, Optional.of(mark));
  }

  /**
   * The same for what no function asked for; completes as soon as it cannot be lost any more.
   *
   * @param what the same for repeats. Other bridges may hear of it as well, and Segment takes a
   *     {@code messageId} once, whatever the source: this bridge's says to which one it belongs
   */
  public CompletionStage<Written> track(
      Customer customer, String event, Map<String, JsonValue> properties, String what) {
    Identity identity = Identity.of(customer, userIds);
    Message message =
        Message.track(
            identity, event, this.heard.properties(properties), messageId(what), clock.instant());
    return send(message, Until.STORED, Optional.empty());
  }

  /**
   * What of the properties Segment takes: where all of them are too long for one message, the
   * longest are left out.
   *
   * @param what as of the message that they are meant for
   */
  public Map<String, JsonValue> fitting(
      Customer customer, String event, Map<String, JsonValue> properties, String what) {
    Identity identity = Identity.of(customer, userIds);
    Instant now = clock.instant();
    Map<String, JsonValue> left = new LinkedHashMap<>(properties);
    while (!left.isEmpty()
        && Message.track(identity, event, this.heard.properties(left), messageId(what), now)
            .flaw(writeKey, now)
            .isPresent()) {
      left.remove(longest(left));
    }
    return left;
  }

  private String messageId(String what) {
    UUID source = UUID.nameUUIDFromBytes(writeKey.getBytes(UTF_8));
    return what + "-" + source.toString().substring(0, 8);
  }

  private static String longest(Map<String, JsonValue> properties) {
    return Collections.max(
            properties.entrySet(),
            Comparator.comparingInt(entry -> entry.getValue().toString().getBytes(UTF_8).length))
        .getKey();
  }

  private CompletionStage<Written> send(Message message, Until until, Optional<Mark> mark) {
    Optional<String> flaw = message.flaw(writeKey, clock.instant());
    if (flaw.isPresent()) {
      return CompletableFuture.completedStage(new Written.NotStored(flaw.get(), true));
    }
    return outbox.accept(message.parcel(), until, mark).thenApply(Tracking::written);
  }

  private static Written written(Accepted accepted) {
    if (accepted instanceof Accepted.Repeat repeat) {
      return new Written.Repeated(repeat.answer());
    }
    if (accepted instanceof Accepted.Refused) {
      return new Written.NotStored("The customer records refused this. Nothing was stored.", true);
    }
    if (accepted instanceof Accepted.Lost) {
      return new Written.NotStored("The customer records cannot be reached right now.", false);
    }
    return new Written.Accepted();
  }

  /** The way into the outbox. */
  @FunctionalInterface
  interface Owed {
    CompletionStage<Accepted> accept(Parcel parcel, Until until, Optional<Mark> mark);
  }
}
