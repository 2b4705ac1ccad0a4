package org.retellbridge.feature.customers;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.partner.retell.functions.Argument;
import org.retellbridge.partner.retell.functions.Arguments;

/**
 * What the model heard about a customer. Name and phone are asked for, and not insisted on: a model
 * that is sent back for what a caller keeps to themselves makes it up.
 */
record CustomerDetails(
    @Argument("The customer's full name, as the customer said it.")
        @NotBlank(groups = AskedFor.class)
        @Size(max = 200, message = "is too long")
        String name,
    @Argument("The phone number under which the customer wants to be reached, with country code.")
        @NotBlank(groups = AskedFor.class)
        @Size(max = 50, message = "is too long")
        String phone,
    @Argument(
            value = "The customer's postal address in one line, when the customer gave one.",
            orObject = true)
        Optional<@Size(max = 500, message = "is too long") String> address) {

  /** Of constraints that {@code /functions} tells the model, and that nobody checks. */
  interface AskedFor {}

  private static final String NAME = "name";
  private static final String PHONE = "phone";
  private static final String ADDRESS = "address";

  /** Of a tool whose payload is the arguments alone: the call's, not the customer's. */
  private static final String CALL_ID = "call_id";

  /**
   * As Segment keeps them: those that were given.
   *
   * @param heard the same as the model gave it: an address may have come as Segment's own object,
   *     which a text of it would spoil, and what else the customer said is a trait too
   */
  Map<String, JsonValue> traits(Arguments heard) {
    Map<String, JsonValue> traits = new LinkedHashMap<>();
    put(traits, NAME, name);
    put(traits, PHONE, phone);
    address.ifPresent(
        text ->
            traits.put(
                ADDRESS,
                heard
                    .value(ADDRESS)
                    .filter(JsonObject.class::isInstance)
                    .orElseGet(() -> JsonText.string(text))));
    traits.putAll(heard.besides(List.of(NAME, PHONE, ADDRESS, CALL_ID)));
    return traits;
  }

  private static void put(Map<String, JsonValue> traits, String name, String heard) {
    if (heard != null) {
      traits.put(name, JsonText.string(heard));
    }
  }
}
