package org.retellbridge.foundation.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.ProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;

class VendorFailureTest {
  @ParameterizedTest
  @CsvSource({
    "301,REFUSED",
    "400,REFUSED",
    "401,REFUSED",
    "402,REFUSED",
    "404,REFUSED",
    "422,REFUSED",
    "428,REFUSED",
    "429,BUSY",
    "499,REFUSED",
    "500,BROKEN",
    "503,BROKEN"
  })
  void tellsTheKindByTheStatus(int status, Kind kind) {
    VendorFailure failure =
        VendorFailure.answered("retell", status, Optional.of(Duration.ofSeconds(3)));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(failure)
        .hasMessage("retell " + kind.label() + " (HTTP " + status + ")")
        .hasNoCause();
  }

  @Test
  void knowsNoStatusWithoutAnAnswer() {
    VendorFailure failure = VendorFailure.of("retell", Kind.CUT);
    assertThat(failure.vendor()).isEqualTo("retell");
    assertThat(failure.status()).isZero();
    assertThat(failure.retryAfter()).isEmpty();
    assertThat(failure).hasMessage("retell cut");
    assertThat(failure.getStackTrace()).isEmpty();
  }

  /** Whoever reads of it looks for it here and not at the vendor's. */
  @Test
  void saysWhoseFaultItIs() {
    VendorFailure failure = VendorFailure.behind("retell", new NullPointerException("Mia"));
    assertThat(failure).hasMessage("retell fault (of the bridge)");
    assertThat(failure.words()).isEqualTo("a fault of the bridge");
    assertThat(failure.mayHaveActed()).isTrue();
  }

  @Test
  void blamesTheVendorForItsFaultsAlone() {
    assertThat(Kind.values())
        .filteredOn(kind -> !kind.countsAgainstVendor())
        .containsExactlyInAnyOrder(Kind.REFUSED, Kind.SHUT_OFF, Kind.CROWDED, Kind.FAULT);
  }

  static Stream<Arguments> thrown() {
    return Stream.of(
        Arguments.of(new ConnectException("x"), Kind.UNREACHABLE),
        Arguments.of(new HttpConnectTimeoutException("x"), Kind.UNREACHABLE),
        Arguments.of(new UnknownHostException("x"), Kind.UNREACHABLE),
        Arguments.of(new NoRouteToHostException("x"), Kind.UNREACHABLE),
        Arguments.of(new SSLHandshakeException("x"), Kind.UNREACHABLE),
        Arguments.of(new SSLPeerUnverifiedException("x"), Kind.UNREACHABLE),
        Arguments.of(new SocketTimeoutException("x"), Kind.TIMED_OUT),
        Arguments.of(new HttpTimeoutException("x"), Kind.TIMED_OUT),
        Arguments.of(new UnresolvedAddressException(), Kind.UNREACHABLE),
        Arguments.of(new IOException("x"), Kind.CUT),
        Arguments.of(new ProcessingException("x"), Kind.CUT),
        Arguments.of(new CancellationException("x"), Kind.CUT),
        Arguments.of(new RejectedExecutionException("x"), Kind.CUT),
        Arguments.of(new TimeoutException("no connection was free"), Kind.CUT),
        Arguments.of(new IOException(new OutOfMemoryError("x")), Kind.FAULT),
        Arguments.of(new NullPointerException("x"), Kind.FAULT),
        Arguments.of(VendorFailure.of("v", Kind.GARBLED), Kind.GARBLED));
  }

  static Stream<Arguments> unreached() {
    Throwable untrusted = new CertPathBuilderException("no path to api.example.com");
    return Stream.of(
        Arguments.of(new UnknownHostException("api.example.com"), "name not found"),
        Arguments.of(
            because(new ConnectException(), new UnresolvedAddressException()), "name not found"),
        Arguments.of(
            because(new ConnectException(), new ConnectException("Connection refused")),
            "connection refused"),
        Arguments.of(new NoRouteToHostException("192.0.2.1"), "no route"),
        Arguments.of(new ConnectException("Network is unreachable"), "no route"),
        Arguments.of(new ConnectException("Connection timed out"), "no connection in time"),
        Arguments.of(new HttpConnectTimeoutException("192.0.2.1"), "no connection in time"),
        Arguments.of(
            because(new ConnectException(), new SocketTimeoutException("192.0.2.1")),
            "no connection in time"),
        Arguments.of(
            because(new SSLHandshakeException("x"), new EOFException()), "no TLS connection"),
        Arguments.of(because(new SSLHandshakeException("x"), untrusted), "certificate not trusted"),
        Arguments.of(
            because(new SSLHandshakeException("x"), new CertificateException("another's name")),
            "certificate not trusted"),
        Arguments.of(
            because(
                new SSLHandshakeException("x"),
                because(new CertificateException("x"), new CertificateExpiredException())),
            "certificate not valid at this node's time"),
        Arguments.of(
            because(new ConnectException("192.0.2.1"), new IOException("192.0.2.1")),
            "no connection, IOException"));
  }

  private static Throwable because(Throwable outer, Throwable inner) {
    return outer.initCause(inner);
  }

  /** What is broken on this side looks otherwise than a vendor that is down. */
  @ParameterizedTest
  @MethodSource("unreached")
  void saysWhyNoConnectionCameAboutAndNoAddress(Throwable thrown, String why) {
    VendorFailure failure = VendorFailure.behind("v", new IllegalStateException(thrown));
    assertThat(failure.why()).isEqualTo(why);
    assertThat(failure).hasMessage("v unreachable (" + why + ")");
    assertThat(failure.words()).isEqualTo("unreachable, " + why);
    assertThat(failure.mayHaveActed()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void tellsTheKindByTheInnermostTrouble(Exception thrown, Kind kind) {
    assertThat(Transport.failure("v", thrown).kind()).isEqualTo(kind);
    Exception wrapped = new IllegalStateException(new RuntimeException(thrown));
    assertThat(Transport.failure("v", wrapped).kind()).isEqualTo(kind);
  }
}
