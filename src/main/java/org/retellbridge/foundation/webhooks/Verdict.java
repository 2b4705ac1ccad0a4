package org.retellbridge.foundation.webhooks;

/** What came of checking a signature. */
public enum Verdict {
  GENUINE,
  /** No signature header, or two of them. */
  MISSING,
  /** The header does not have the vendor's form. */
  MALFORMED,
  /** The signature was made too long ago, or in the future. */
  STALE,
  /** The signature was used at another place before. */
  REPLAYED,
  /** No key and no way of writing the URL gives this signature. */
  MISMATCH;

  /** The reason as a metric tag. */
  public String reason() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
