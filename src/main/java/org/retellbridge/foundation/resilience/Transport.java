package org.retellbridge.foundation.resilience;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Tells from an exception of any server's HTTP client whether the vendor can have acted; what no
 * such client throws is a fault of the bridge.
 */
final class Transport {
  private Transport() {}

  static VendorFailure failure(String vendor, Throwable thrown) {
    boolean lost = false;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof VendorFailure failure) {
        return VendorFailure.of(vendor, failure.kind());
      }
      VendorFailure.Kind kind = kind(cause);
      if (kind == VendorFailure.Kind.UNREACHABLE) {
        return VendorFailure.unreachable(vendor, Unreached.why(cause));
      }
      if (kind != null) {
        return VendorFailure.of(vendor, kind);
      }
      lost |= lost(cause);
    }
    return VendorFailure.of(vendor, lost ? VendorFailure.Kind.CUT : VendorFailure.Kind.FAULT);
  }

  private static VendorFailure.Kind kind(Throwable cause) {
    if (cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof SSLHandshakeException
        || cause instanceof SSLPeerUnverifiedException) {
      return VendorFailure.Kind.UNREACHABLE;
    }
    if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
      return VendorFailure.Kind.TIMED_OUT;
    }
    // Such as a heap that is full, also where a client calls it trouble with the connection.
    return cause instanceof Error ? VendorFailure.Kind.FAULT : null;
  }

  /** The last two are how the pools and requests of a node that stops end. */
  private static boolean lost(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof TimeoutException
        || cause instanceof ProcessingException
        || cause instanceof WebApplicationException
        || cause instanceof CancellationException
        || cause instanceof RejectedExecutionException;
  }
}
