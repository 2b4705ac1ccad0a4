package org.retellbridge.partner.segment;

/** What came of writing to Segment. */
public sealed interface Written {

  /**
   * It is kept and reaches Segment, if it has not yet: Segment answers 200 to a wrong write key
   * too, and the next look-up may not show it yet.
   */
  record Accepted() implements Written {}

  /**
   * It was accepted before, and is not written again.
   *
   * @param answer what the first time answered
   */
  record Repeated(String answer) implements Written {}

  /**
   * It will not reach Segment.
   *
   * @param speakable why, in a sentence
   * @param hopeless whether handing it in again would not help
   */
  record NotStored(String speakable, boolean hopeless) implements Written {}
}
