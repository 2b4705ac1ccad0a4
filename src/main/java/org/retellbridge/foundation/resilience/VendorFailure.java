package org.retellbridge.foundation.resilience;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * A vendor did not do what it was asked. Keeps what the operator needs (kind, status, the vendor's
 * own code and request id) and nothing of bodies or URLs, which hold numbers.
 */
public final class VendorFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Kind {
    /** No connection came about: the vendor surely did nothing. */
    UNREACHABLE(true, true),
    /** The vendor said that it is too busy (429): it did nothing. */
    BUSY(true, true),
    /** The vendor failed (5xx). */
    BROKEN(true, true),
    /** The connection was cut: the vendor may have acted. */
    CUT(true, false),
    /** No whole answer came in time: the vendor may have acted. */
    TIMED_OUT(true, false),
    /** The answer is not what the vendor's documentation says. */
    GARBLED(true, false),
    /** The vendor understood and said no (4xx). */
    REFUSED(false, false),
    /** The breaker is open: the vendor was not asked. */
    SHUT_OFF(false, false),
    /** Too many requests to this vendor are under way: it was not asked. */
    CROWDED(false, false),
    /**
     * The bridge itself failed, before it asked or with the answer in its hands. Which of the two
     * cannot be told, so the vendor may have acted.
     */
    FAULT(false, false);

    private final boolean vendorsFault;
    private final boolean repeatable;

    Kind(boolean vendorsFault, boolean repeatable) {
      this.vendorsFault = vendorsFault;
      this.repeatable = repeatable;
    }

    boolean countsAgainstVendor() {
      return vendorsFault;
    }

    /** Whether anything is learned of the vendor by it. */
    boolean tellsOfVendor() {
      return switch (this) {
        case SHUT_OFF, CROWDED, FAULT -> false;
        case UNREACHABLE, BUSY, BROKEN, CUT, TIMED_OUT, GARBLED, REFUSED -> true;
      };
    }

    boolean repeatable() {
      return repeatable;
    }

    /** As a metric tag and in a log line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String vendor;
  private final Kind kind;
  private final int status;
  private final String why;
  private final transient Optional<Duration> retryAfter;

  private VendorFailure(
      String vendor,
      Kind kind,
      int status,
      Optional<Duration> retryAfter,
      String why,
      String detail) {
    // No stack: these are expected in thousands during an outage, and the kind says it all.
    super(vendor + " " + kind.label() + detail, null, false, false);
    this.vendor = vendor;
    this.kind = kind;
    this.status = status;
    this.why = why;
    this.retryAfter = retryAfter;
  }

  /** No usable answer at all. */
  public static VendorFailure of(String vendor, Kind kind) {
    String detail = kind == Kind.FAULT ? " (of the bridge)" : "";
    return new VendorFailure(vendor, kind, 0, Optional.empty(), "", detail);
  }

  /**
   * No connection came about.
   *
   * @param why in words that hold no address
   */
  static VendorFailure unreachable(String vendor, String why) {
    return new VendorFailure(vendor, Kind.UNREACHABLE, 0, Optional.empty(), why, " (" + why + ")");
  }

  /** An answer with an error status. */
  public static VendorFailure answered(String vendor, int status, Optional<Duration> retryAfter) {
    return answered(vendor, status, retryAfter, "");
  }

  /**
   * An answer with an error status.
   *
   * @param trace the vendor's own error code and request id, for its support; never of the body
   */
  public static VendorFailure answered(
      String vendor, int status, Optional<Duration> retryAfter, String trace) {
    Kind kind = status == 429 ? Kind.BUSY : status >= 500 ? Kind.BROKEN : Kind.REFUSED;
    String detail = " (HTTP " + status + (trace.isEmpty() ? ")" : ", " + trace + ")");
    return new VendorFailure(vendor, kind, status, retryAfter, "", detail);
  }

  /** The failure that a stage came to; what is neither one nor a transport's is a fault. */
  public static VendorFailure behind(String vendor, Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    return cause instanceof VendorFailure failure ? failure : Transport.failure(vendor, cause);
  }

  /** What went wrong, without what stages and futures put around it; null when nothing did. */
  public static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** What happened, in words for people. */
  public String words() {
    if (kind == Kind.FAULT) {
      return "a fault of the bridge";
    }
    String label = kind.label().replace('_', ' ') + (why.isEmpty() ? "" : ", " + why);
    return status == 0 ? label : "HTTP " + status;
  }

  /** Why no connection came about; empty for every other failure. */
  public String why() {
    return why;
  }

  /** Whether the vendor may have done all the same what it was asked for. */
  public boolean mayHaveActed() {
    return switch (kind) {
      case CUT, TIMED_OUT, GARBLED, BROKEN, FAULT -> true;
      case UNREACHABLE, BUSY, REFUSED, SHUT_OFF, CROWDED -> false;
    };
  }

  public String vendor() {
    return vendor;
  }

  public Kind kind() {
    return kind;
  }

  /** The HTTP status, or 0 when none came. */
  public int status() {
    return status;
  }

  /** How long the vendor asks to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter == null ? Optional.empty() : retryAfter;
  }
}
