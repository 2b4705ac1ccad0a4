package org.retellbridge.partner.segment;

/**
 * What Segment said about a customer; a vendor's trouble is an exception instead.
 *
 * @param <T> what was asked for
 */
public sealed interface ProfileAnswer<T> {

  /** There is such a customer. */
  record Found<T>(T value) implements ProfileAnswer<T> {}

  /** There is no such customer. */
  record Unknown<T>() implements ProfileAnswer<T> {}
}
