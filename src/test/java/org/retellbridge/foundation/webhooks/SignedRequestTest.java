package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SignedRequestTest {

  @Test
  void isNowhereInAThreadThatServesNone() {
    assertThatIllegalStateException().isThrownBy(SignedRequest::here);
  }

  @Test
  void isServedByItsThreadUntilItLeaves() {
    HttpServletRequest request = FakeRequest.post("/start").query("a=%31").servlet();
    SignedRequest.arrived(request);
    SignedRequest.attach(request, new byte[] {7});
    SignedRequest.enter(request);
    try {
      assertThat(SignedRequest.here().rawPath()).isEqualTo("/start");
      assertThat(SignedRequest.here().rawQuery()).isEqualTo("a=%31");
      assertThat(SignedRequest.here().body()).containsExactly(7);
    } finally {
      SignedRequest.leave(request);
    }
    assertThat(SignedRequest.attached(request)).isFalse();
    assertThatIllegalStateException().isThrownBy(SignedRequest::here);
  }

  @Test
  void leavesOutWhatIsBrokenInTheQueryAndNothingElse() {
    String query = "note=50%&a=%31&%zz=1&a=2&b";
    assertThat(FakeRequest.post("/redirect").query(query).signed().query())
        .containsOnly(Map.entry("a", "1"), Map.entry("b", ""));
  }

  @Test
  void readsWhatIsMadeOfItOnce() {
    SignedRequest request = FakeRequest.post("/start").form("CallSid=CA1").signed();
    AtomicInteger readings = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      String read =
          request.once(
              String.class,
              form -> readings.incrementAndGet() + " " + new String(form.body(), UTF_8));
      assertThat(read).isEqualTo("1 CallSid=CA1");
    }
  }

  @Test
  void failsEachTimeThatItCannotBeRead() {
    SignedRequest request = FakeRequest.post("/start").form("%").signed();
    for (int i = 0; i < 2; i++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> request.once(String.class, SignedRequestTest::broken));
    }
  }

  private static String broken(SignedRequest form) {
    throw new IllegalArgumentException(form.rawPath());
  }
}
