package org.retellbridge.partner.segment;

import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.retellbridge.foundation.ledger.Accepted;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;

/** Segment without a network, for tests of other packages. */
public final class TestSegment {
  private static final Settings SETTINGS = TestSettings.of("SEGMENT_WRITE_KEY", "write_key_1");

  private TestSegment() {}

  /** Hands what is written to an outbox that says what becomes of it. */
  public static Tracking tracking(Supplier<CompletionStage<Accepted>> outbox) {
    return new Tracking(SETTINGS, (parcel, until, mark) -> outbox.get(), Clock.systemUTC());
  }

  public static SavedTraits saved() {
    return new SavedTraits(new Profiles(SETTINGS, null, null), SETTINGS);
  }
}
