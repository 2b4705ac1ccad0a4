package org.retellbridge.foundation.webhooks;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Lets {@link FastPath} call a resource method past the Jakarta REST runtime. The method has no
 * parameters and returns a {@code Response}, or a {@code CompletionStage} of one, whose entity is a
 * text or bytes with a media type, or nothing.
 */
@Documented
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface OnFastPath {}
