package org.retellbridge.twin.twilio;

import java.util.Locale;

/** How a dialled leg ends or begins. */
public enum LegOutcome {
  ANSWERED,
  BUSY,
  NO_ANSWER,
  FAILED,
  CANCELED;

  /** As in {@code DialCallStatus}; an answered leg is completed once it is over (documented). */
  public String dialCallStatus() {
    return this == ANSWERED ? "completed" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static LegOutcome ofSipCode(int code) {
    return switch (code) {
      case 200 -> ANSWERED;
      case 486, 600, 603 -> BUSY;
      case 408, 480 -> NO_ANSWER;
      case 487 -> CANCELED;
      default -> FAILED;
    };
  }
}
