package org.retellbridge.partner.segment;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.Caller;

/**
 * Who a customer is in Segment.
 *
 * @param userId by the policy of {@code SEGMENT_USER_ID}
 * @param verified the one external id that the bridge vouches for: an E.164 number or a client
 *     identity
 */
record Identity(String userId, Optional<CustomerKey> verified) {

  static Identity of(Customer customer, UserIds userIds) {
    CustomerKey key = CustomerKey.of(customer.caller());
    boolean vouched = customer.verified() && !(customer.caller() instanceof Caller.Other);
    return new Identity(userIds.of(key), vouched ? Optional.of(key) : Optional.empty());
  }

  /** {@code context} of a message; Segment drops external ids of which one field is missing. */
  JsonObject context() {
    JsonArrayBuilder externalIds = JsonText.array();
    verified.ifPresent(
        key ->
            externalIds.add(
                JsonText.object()
                    .add("id", key.value())
                    .add("type", key.type())
                    .add("collection", "users")
                    .add("encoding", "none")));
    return JsonText.object()
        .add("library", Library.json())
        .add("channel", "server")
        .add("externalIds", externalIds)
        .build();
  }
}
