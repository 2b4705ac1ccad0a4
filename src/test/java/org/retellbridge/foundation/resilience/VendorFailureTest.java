package org.retellbridge.foundation.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
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

  @Test
  void blamesTheVendorForItsFaultsAlone() {
    assertThat(Kind.values())
        .filteredOn(kind -> !kind.countsAgainstVendor())
        .containsExactlyInAnyOrder(Kind.REFUSED, Kind.SHUT_OFF, Kind.CROWDED);
  }

  static Stream<Arguments> thrown() {
    return Stream.of(
        Arguments.of(new ConnectException("x"), Kind.UNREACHABLE),
        Arguments.of(new HttpConnectTimeoutException("x"), Kind.UNREACHABLE),
        Arguments.of(new UnknownHostException("x"), Kind.UNREACHABLE),
        Arguments.of(new NoRouteToHostException("x"), Kind.UNREACHABLE),
        Arguments.of(new SocketTimeoutException("x"), Kind.TIMED_OUT),
        Arguments.of(new HttpTimeoutException("x"), Kind.TIMED_OUT),
        Arguments.of(new IOException("x"), Kind.CUT),
        Arguments.of(VendorFailure.of("v", Kind.GARBLED), Kind.GARBLED));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void tellsTheKindByTheInnermostTrouble(Exception thrown, Kind kind) {
    assertThat(Transport.failure("v", thrown).kind()).isEqualTo(kind);
    Exception wrapped = new IllegalStateException(new RuntimeException(thrown));
    assertThat(Transport.failure("v", wrapped).kind()).isEqualTo(kind);
  }
}
