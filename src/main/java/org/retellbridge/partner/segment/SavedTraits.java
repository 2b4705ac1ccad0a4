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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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

  /** What a trait takes besides its name and value. */
  private static final int TRAIT = 100;

  private final AtomicLong turns = new AtomicLong();
  private final Cache<Key, Map<String, Trait>> saved;
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
            .<Key, Map<String, Trait>>weigher((key, traits) -> weight(traits))
            .build();
  }

  /** To be taken before a save is on its way: how long its way takes says nothing of its age. */
  public long turn() {
    return turns.incrementAndGet();
  }

  /**
   * What a later turn said of a trait stays.
   *
   * @param turn the save's
   * @param heard traits by name, as the model heard them
   */
  public void keep(CallId call, Caller caller, long turn, Map<String, JsonValue> heard) {
    Map<String, Trait> traits = new LinkedHashMap<>();
    names.traits(heard).forEach((name, value) -> traits.put(name, new Trait(turn, value)));
    saved.asMap().merge(new Key(call, caller.address()), traits, SavedTraits::newest);
  }

  /** What Segment holds, with what was saved in this call over it: those that the model may see. */
  public JsonObject over(CallId call, CustomerKey customer, JsonObject held) {
    Map<String, Trait> traits = saved.getIfPresent(new Key(call, customer.spelt()));
    if (traits == null) {
      return held;
    }
    JsonObjectBuilder shown = JsonText.object();
    held.forEach(shown::add);
    traits.forEach(
        (name, trait) -> {
          if (profiles.mayShow(name)) {
            shown.add(name, trait.value());
          }
        });
    return shown.build();
  }

  private static Map<String, Trait> newest(Map<String, Trait> some, Map<String, Trait> others) {
    Map<String, Trait> newest = new LinkedHashMap<>(some);
    others.forEach(
        (name, trait) ->
            newest.merge(name, trait, (one, other) -> one.turn() > other.turn() ? one : other));
    return newest;
  }

  private static int weight(Map<String, Trait> traits) {
    int weight = ENTRY;
    for (Map.Entry<String, Trait> trait : traits.entrySet()) {
      weight += TRAIT + trait.getKey().length() + trait.getValue().value().toString().length();
    }
    return weight;
  }

  private record Key(CallId call, String address) {}

  /** A trait's value, and of which turn it is. */
  private record Trait(long turn, JsonValue value) {}
}
