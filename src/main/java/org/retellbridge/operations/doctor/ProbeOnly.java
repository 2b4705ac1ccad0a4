package org.retellbridge.operations.doctor;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A resource for the bridge's own probes; for all others it does not exist. */
@NameBinding
@Retention(RUNTIME)
@Target(TYPE)
public @interface ProbeOnly {}
