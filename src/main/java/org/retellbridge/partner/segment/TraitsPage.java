package org.retellbridge.partner.segment;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.VendorFailure;

/**
 * A part of a profile's traits.
 *
 * @param next where the next part is; opaque, and never the cursor's own URL, which the vendor
 *     writes in two ways
 */
record TraitsPage(JsonObject traits, Optional<String> next) {

  /** An answer without traits is no customer's and no stranger's: Segment has failed. */
  static TraitsPage of(JsonObject page) {
    if (!(page.get("traits") instanceof JsonObject traits)) {
      throw VendorFailure.of(SegmentLine.VENDOR, VendorFailure.Kind.GARBLED);
    }
    return new TraitsPage(traits, next(page.get("cursor")));
  }

  private static Optional<String> next(JsonValue cursor) {
    return cursor instanceof JsonObject object && JsonValue.TRUE.equals(object.get("has_more"))
        ? JsonText.text(object, "next")
        : Optional.empty();
  }
}
