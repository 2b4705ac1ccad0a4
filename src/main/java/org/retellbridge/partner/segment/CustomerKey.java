package org.retellbridge.partner.segment;

import java.util.Locale;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.foundation.telephony.Masked;

/**
 * An external id in Segment's words. {@code phone} and {@code client_id} are custom identifiers
 * that the space must know.
 *
 * @param type lower case, digits and underscores
 * @param value plain, not encoded
 * @param spelt the customer's address as the network writes it; of a client, {@code value} is the
 *     same in lower case
 */
public record CustomerKey(String type, String value, String spelt) {
  static final String CLIENT_ID = "client_id";
  static final String PHONE = "phone";
  static final String USER_ID = "user_id";

  CustomerKey(String type, String value) {
    this(type, value, value);
  }

  /** By telephone number, or by client identity for callers from a Twilio client. */
  public static CustomerKey of(Caller caller) {
    return caller instanceof Caller.Client
        ? clientId(caller)
        : new CustomerKey(PHONE, caller.address());
  }

  /** By client identity, whatever the address looks like. */
  public static CustomerKey clientId(Caller caller) {
    return new CustomerKey(CLIENT_ID, key(caller), caller.address());
  }

  /**
   * Look-ups of custom identifiers are case-sensitive, so that one spelling is written and read.
   */
  private static String key(Caller caller) {
    return caller instanceof Caller.Client
        ? caller.address().toLowerCase(Locale.ROOT)
        : caller.address();
  }

  /**
   * Whether it can be asked for. A proxy on the way may read the {@code %2F} of a slash as the
   * slash, which would lead to another resource, and no caller's address has one.
   */
  boolean askable() {
    return value.indexOf('/') < 0;
  }

  /** As it stands in a path, before encoding. */
  String inPath() {
    return type + ":" + value;
  }

  @Override
  public String toString() {
    return type + ":" + Masked.of(value);
  }
}
