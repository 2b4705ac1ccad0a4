package org.retellbridge.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.webhooks.FakeRequest;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.foundation.webhooks.TestUrls;

class DoctorTest {
  private static final String UNEXAMINED = "The examination did not come to an end.";

  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
  private final SignedRequest request = FakeRequest.post("/status/doctor").signed();

  @AfterEach
  void close() {
    timers.shutdownNow();
  }

  static List<Throwable> faults() {
    return List.of(new InternalError("no native thread"), new IllegalStateException("bug"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void canBeAskedAgainWhateverWentWrong(Throwable fault) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Doctor doctor =
        doctor(
            () -> {
              if (asked.incrementAndGet() == 1) {
                DoctorTest.<RuntimeException>fail(fault);
              }
              return CompletableFuture.completedStage(List.of());
            });

    assertThat(examined(doctor)).contains(UNEXAMINED);
    assertThat(examined(doctor)).doesNotContain(UNEXAMINED);
    assertThat(asked).hasValue(2);
  }

  @Test
  void makesOneExaminationAtATime() throws Exception {
    CompletableFuture<List<Diagnosis>> slow = new CompletableFuture<>();
    Doctor doctor = doctor(() -> slow);

    CompletionStage<String> first = doctor.examine(request).orElseThrow();
    assertThat(doctor.examine(request)).isEmpty();
    slow.complete(List.of());
    first.toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(doctor.examine(request)).isPresent();
  }

  private Doctor doctor(Checkup checkup) {
    var settings = TestSettings.of();
    RoundTrip none = new RoundTrip(settings, null, TestUrls.of(settings), null, null);
    return new Doctor(List.of(checkup), none, timers, settings);
  }

  private String examined(Doctor doctor) throws Exception {
    String report =
        doctor.examine(request).orElseThrow().toCompletableFuture().get(10, TimeUnit.SECONDS);
    JsonObject json = JsonText.parseObject(report).orElseThrow();
    return json.toString();
  }

  @SuppressWarnings("unchecked") // throws what it is given
  private static <T extends Throwable> void fail(Throwable fault) throws T {
    throw (T) fault;
  }
}
