package org.retellbridge.partner.segment;

import java.util.concurrent.CompletionStage;

/**
 * Segment's Profile API as far as the bridge reads it. Identifiers are given plain; what is not
 * given is null.
 */
interface ProfileRestApi {

  /** Traits; {@code include} and {@code next} may be null. */
  CompletionStage<String> traits(
      String authorization, String space, String id, int limit, String include, String next);

  /** Tracked events of the last 14 days, the newest first. */
  CompletionStage<String> events(String authorization, String space, String id, int limit);
}
