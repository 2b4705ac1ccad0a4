package org.retellbridge.foundation.hours;

import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * Time zones by name. One has to be named: the server's own is UTC as a rule, and that is hardly
 * meant.
 */
final class Zones {
  private Zones() {}

  static ZoneId parse(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a time zone must stand at the end, such as Australia/Sydney or UTC", e);
    }
  }
}
