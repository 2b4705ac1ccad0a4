package org.retellbridge.operations.console;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A resource of the console: for people who logged in, unless {@link BeforeLogin} says else. */
@NameBinding
@Retention(RUNTIME)
@Target(TYPE)
public @interface ConsoleSide {}
