package org.retellbridge.operations;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A resource for holders of {@code OPERATIONS_TOKEN}; for all others it does not exist. */
@NameBinding
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface OperatorsOnly {}
