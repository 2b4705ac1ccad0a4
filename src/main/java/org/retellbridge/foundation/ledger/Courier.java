package org.retellbridge.foundation.ledger;

import java.util.concurrent.CompletionStage;

/**
 * Takes parcels of one kind to their vendor. An extension point: every CDI bean of this type is
 * found. {@link #deliver} may be called again for the same parcel, in the worst case although the
 * vendor has it already, always with the same {@link Parcel#messageId} and {@link
 * Parcel#timestamp}; it must not block. An exception, and no answer within 20 seconds, count as
 * {@link Delivery.Later}.
 */
public interface Courier {
  /** The kind of parcels that it takes; stable, because it is stored: at most 40 characters. */
  String kind();

  /**
   * One attempt.
   *
   * @return what came of it; completed in whatever thread
   */
  CompletionStage<Delivery> deliver(Parcel parcel);
}
