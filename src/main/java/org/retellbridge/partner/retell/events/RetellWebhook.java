package org.retellbridge.partner.retell.events;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks what Retell's webhook calls: nothing of it runs before its signature is verified. */
@NameBinding
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface RetellWebhook {}
