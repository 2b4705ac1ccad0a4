package org.retellbridge.partner.segment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.Caller;

/**
 * What was saved in a call, for the rest of it. Segment shows a trait some seconds after it took
 * it, or once it is back after an outage, and nobody wants to hear the address read back that they
 * have just corrected. Each node knows what it accepted itself.
 */
@ApplicationScoped
public class SavedTraits {
  private static final Duration LONGEST_CALL = Duration.ofHours(2);

  /** In characters of all: some 16 MB at most. */
  private static final long MOST = 4_000_000;

  /** What an entry takes besides its traits. */
  private static final int ENTRY = 200;

  private final Cache<Key, JsonObject> saved;
  private Profiles profiles;
  private Heard names;

  SavedTraits() {
    this(null, null, Ticker.systemTicker());
  }

  @Inject
  SavedTraits(Profiles profiles, Settings settings) {
    this(profiles, Heard.of(settings), Ticker.systemTicker());
  }

  SavedTraits(Profiles profiles, Heard names, Ticker ticker) {
    this.profiles = profiles;
    this.names = names;
    this.saved =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run) // else each use wakes the common pool
            .expireAfterWrite(LONGEST_CALL)
            .maximumWeight(MOST)
            .<Key, JsonObject>weigher((key, traits) -> ENTRY + traits.toString().length())
            .build();
  }

  /**
   * @param heard traits by name, as the model heard them
   */
  public void keep(CallId call, Caller caller, Map<String, JsonValue> heard) {
    JsonObject traits = names.traits(heard);
    saved
        .asMap()
        .merge(new Key(call, caller.address()), traits, (before, now) -> over(before, now).build());
  }

  /** What Segment holds, with what was saved in this call over it: those that the model may see. */
  public JsonObject over(CallId call, CustomerKey customer, JsonObject held) {
    JsonObject traits = saved.getIfPresent(new Key(call, customer.spelt()));
    if (traits == null) {
      return held;
    }
    JsonObjectBuilder visible = JsonText.object();
    traits.forEach(
        (name, value) -> {
          if (profiles.mayShow(name)) {
            visible.add(name, value);
          }
        });
    return over(held, visible.build()).build();
  }

  private static JsonObjectBuilder over(JsonObject below, JsonObject above) {
    JsonObjectBuilder both = JsonText.object();
    below.forEach(both::add);
    above.forEach(both::add);
    return both;
  }

  private record Key(CallId call, String address) {}
}
