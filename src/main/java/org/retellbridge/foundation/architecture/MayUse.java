package org.retellbridge.foundation.architecture;

import static java.lang.annotation.ElementType.PACKAGE;
import static java.lang.annotation.RetentionPolicy.CLASS;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Declares, in a {@code package-info}, which other packages of the bridge a package may depend on.
 * The architecture test holds the code to it and fails for a package without the declaration.
 */
@Documented
@Retention(CLASS)
@Target(PACKAGE)
public @interface MayUse {
  /** Package names below {@code org.retellbridge}, such as {@code foundation.telephony}. */
  String[] value() default {};
}
