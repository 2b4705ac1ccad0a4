package org.retellbridge.twin.segment;

import jakarta.json.JsonObject;
import java.util.List;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/**
 * A part of a list, by {@code limit} and the opaque {@code next}.
 *
 * @param <T> of the list's items
 */
record Page<T>(List<T> items, boolean hasMore, String next, int limit, String url) {

  private static final String PREFIX = "map_";

  /**
   * @throws IllegalArgumentException for a limit out of bounds or a foreign {@code next}
   */
  static <T> Page<T> of(List<T> all, Fields query, int usual, int most, String url) {
    int limit = query.first("limit").map(Integer::parseInt).orElse(usual);
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit must be between 1 and " + most);
    }
    int start = Math.min(start(query.get("next")), all.size());
    int end = Math.min(start + limit, all.size());
    boolean more = end < all.size();
    return new Page<>(all.subList(start, end), more, more ? PREFIX + end : "", limit, url);
  }

  private static int start(String next) {
    if (next.isEmpty()) {
      return 0;
    }
    if (!next.startsWith(PREFIX)) {
      throw new IllegalArgumentException("next is not a cursor");
    }
    return Integer.parseInt(next.substring(PREFIX.length()));
  }

  JsonObject cursor() {
    return Json.object()
        .add("url", url)
        .add("has_more", hasMore)
        .add("next", next)
        .add("limit", limit)
        .build();
  }
}
