package org.retellbridge.foundation.telephony;

/** Shows that there is a number or an address, and no more of it than its last two characters. */
public final class Masked {
  private Masked() {}

  /** {@code +61400000001} becomes {@code …01}; what is too short to hide anything, {@code …}. */
  public static String of(String text) {
    if (text == null || text.isEmpty()) {
      return "-";
    }
    return text.length() < 5 ? "…" : "…" + text.substring(text.length() - 2);
  }
}
