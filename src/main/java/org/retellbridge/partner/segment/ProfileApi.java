package org.retellbridge.partner.segment;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Segment's Profile API as far as the bridge reads it. Identifiers are given plain. */
interface ProfileApi {

  /**
   * Traits.
   *
   * @param include the only ones that are wanted; empty for all
   * @param next where the answer before said that it goes on
   */
  CompletionStage<String> traits(
      String authorization,
      String space,
      String id,
      int limit,
      Optional<String> include,
      Optional<String> next);

  /** Tracked events of the last 14 days, the newest first. */
  CompletionStage<String> events(String authorization, String space, String id, int limit);
}
