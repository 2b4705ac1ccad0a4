package org.retellbridge.partner.segment;

/** What came of writing to Segment; a vendor's trouble is an exception instead. */
public sealed interface Delivery {

  /** Segment has it, and will process it soon: the next look-up may not show it yet. */
  record Accepted() implements Delivery {}

  /**
   * It was not sent, because Segment would have dropped it.
   *
   * @param speakable why, in a sentence
   */
  record Unsendable(String speakable) implements Delivery {}
}
