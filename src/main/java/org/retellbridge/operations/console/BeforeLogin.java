package org.retellbridge.operations.console;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** What somebody gets who is not logged in: the login page and what it needs. */
@Retention(RUNTIME)
@Target(METHOD)
@interface BeforeLogin {}
