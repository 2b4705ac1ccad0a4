package org.retellbridge.feature.tracking;

import jakarta.validation.constraints.NotBlank;
import org.retellbridge.partner.retell.functions.Argument;

/**
 * What {@code /functions} asks the model to say about an event that {@code EVENT_FUNCTIONS} names.
 */
record EventDetails(
    @Argument("What the caller ordered or decided, in one sentence.")
        @NotBlank(message = "is missing")
        String summary,
    @Argument("The total price as a number, such as 18.50; 0 when there is none.")
        @NotBlank(message = "is missing")
        String total,
    @Argument("When it happened, in ISO 8601 with time zone, such as 2026-08-22T18:30:00+10:00.")
        @NotBlank(message = "is missing")
        String timestamp) {}
