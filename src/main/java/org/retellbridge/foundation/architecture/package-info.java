/** Lets each package declare what it depends on, so that the house keeps its floors. */
@MayUse
package org.retellbridge.foundation.architecture;
