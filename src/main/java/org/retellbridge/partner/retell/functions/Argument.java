package org.retellbridge.partner.retell.functions;

import static java.lang.annotation.ElementType.RECORD_COMPONENT;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Tells the model what a component of an arguments record is. */
@Documented
@Retention(RUNTIME)
@Target(RECORD_COMPONENT)
public @interface Argument {
  String value();

  /**
   * Whether the model may give an object in a text's place, which is bound as its JSON; else it is
   * asked again.
   */
  boolean orObject() default false;
}
