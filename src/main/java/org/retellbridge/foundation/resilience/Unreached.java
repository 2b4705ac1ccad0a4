package org.retellbridge.foundation.resilience;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why no connection came about, in words that tell what is broken on this side from a vendor that
 * is down; they hold no address and nothing that an exception says.
 */
final class Unreached {
  private Unreached() {}

  /** What lies deepest says it most exactly. */
  static String why(Throwable thrown) {
    return causes(thrown)
        .map(Unreached::words)
        .flatMap(Optional::stream)
        .reduce(Unreached::inner)
        .orElseGet(
            () ->
                "no connection, "
                    + causes(thrown).reduce(Unreached::inner).get().getClass().getSimpleName());
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
  }

  private static <T> T inner(T outer, T inner) {
    return inner;
  }

  private static Optional<String> words(Throwable cause) {
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return Optional.of("name not found");
    }
    if (cause instanceof CertificateExpiredException
        || cause instanceof CertificateNotYetValidException) {
      return Optional.of("certificate not valid at this node's time");
    }
    if (cause instanceof CertificateException
        || cause instanceof CertPathValidatorException
        || cause instanceof CertPathBuilderException) {
      return Optional.of("certificate not trusted");
    }
    if (cause instanceof SSLException) {
      return Optional.of("no TLS connection");
    }
    if (cause instanceof NoRouteToHostException) {
      return Optional.of("no route");
    }
    if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
      return Optional.of("no connection in time");
    }
    return cause instanceof ConnectException
        ? bySystem(String.valueOf(cause.getMessage()))
        : Optional.empty();
  }

  /** Java gives no other sign of what the operating system said; its HTTP client keeps none. */
  private static Optional<String> bySystem(String message) {
    if (message.startsWith("Connection refused")) {
      return Optional.of("connection refused");
    }
    if (message.startsWith("Connection timed out")) {
      return Optional.of("no connection in time");
    }
    return message.startsWith("Network is unreachable")
        ? Optional.of("no route")
        : Optional.empty();
  }
}
