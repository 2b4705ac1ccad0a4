package org.retellbridge.partner.twilio;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A resource method that Twilio calls: nothing of it runs before X-Twilio-Signature is verified.
 */
@NameBinding
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface TwilioWebhook {}
