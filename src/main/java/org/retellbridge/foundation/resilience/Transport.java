package org.retellbridge.foundation.resilience;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells from an exception of any server's HTTP client whether the vendor can have acted. */
final class Transport {
  private Transport() {}

  static VendorFailure failure(String vendor, Throwable thrown) {
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
    }
    return VendorFailure.of(vendor, VendorFailure.Kind.CUT);
  }

  private static VendorFailure.Kind kind(Throwable cause) {
    if (cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof SSLHandshakeException
        || cause instanceof SSLPeerUnverifiedException) {
      return VendorFailure.Kind.UNREACHABLE;
    }
    if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
      return VendorFailure.Kind.TIMED_OUT;
    }
    return null;
  }
}
