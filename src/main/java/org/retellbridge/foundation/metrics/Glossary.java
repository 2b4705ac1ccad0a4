package org.retellbridge.foundation.metrics;

import java.util.Map;

/**
 * What each of the bridge's own meters means, for the HELP lines; docs/metrics.md says the rest.
 */
final class Glossary {
  static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("bridge.calls", "Voice webhooks answered, by what the caller was given"),
          Map.entry(
              "bridge.start.answer.time", "From a verified voice webhook to its TwiML, seconds"),
          Map.entry("bridge.personalization", "What asking who calls cost callers before pick-up"),
          Map.entry("bridge.legs.ended", "Legs that ended, by whose they were and how"),
          Map.entry("bridge.function.duration", "Functions answered, and how long that took"),
          Map.entry("bridge.handovers", "Wishes to move a live call to people, by what came of it"),
          Map.entry("bridge.repeats", "Repeats that got the first answer and did nothing again"),
          Map.entry("bridge.retell.events", "Call events that Retell sent"),
          Map.entry("bridge.retell.errors", "Calls that ended by an error, as Retell says"),
          Map.entry("bridge.signature.failures", "Requests refused for their signature"),
          Map.entry("bridge.operators.refused", "Wrong operations tokens, and what came too early"),
          Map.entry("bridge.bodies.refused", "Requests refused for their body, before their gate"),
          Map.entry(
              "bridge.vendor.request.duration", "Requests to vendors, and how long they took"),
          Map.entry(
              "bridge.vendor.breaker.open",
              "1 from when a vendor failed too often until it answers again, else 0"),
          Map.entry(
              "bridge.vendor.last.success", "When a vendor last did as asked, seconds since 1970"),
          Map.entry("bridge.outbox.depth", "Parcels that still have to be delivered"),
          Map.entry("bridge.outbox.dead", "Dead letters"),
          Map.entry("bridge.outbox.died", "Parcels that became dead letters"),
          Map.entry("bridge.outbox.oldest.seconds", "How long the oldest parcel has been waiting"),
          Map.entry("bridge.outbox.deliveries", "Attempts to deliver a parcel"),
          Map.entry("bridge.ledger.up", "1 while the ledger can be written, else 0"),
          Map.entry("bridge.ledger.degraded", "Things done without the ledger's protection"),
          Map.entry("bridge.ledger.dropped", "Records that were not kept; nothing depends on them"),
          Map.entry("bridge.effects.unknown", "Effects of which nobody knows if they happened"),
          Map.entry("bridge.draining", "1 while this node drains, else 0"),
          Map.entry("bridge.ai.share", "How many of 100 calls are for the agent"),
          Map.entry("bridge.ai.open", "1 within the agent's hours, else 0"),
          Map.entry("bridge.build.info", "Always 1; the version that runs"));

  private Glossary() {}

  /** Empty for a meter that nobody described. */
  static String meaning(String name) {
    return MEANINGS.getOrDefault(name, "");
  }
}
