package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.switches.Draining;
import org.retellbridge.foundation.switches.MemoryBoard;
import org.retellbridge.foundation.telephony.CallSid;

class AdmissionTest {
  private static final Clock MONDAY_NOON =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
  private static final List<CallSid> CALLS = calls();

  @Test
  void letsEveryCallInWhenNothingIsSet() {
    Admission admission = admission();
    assertThat(CALLS).allMatch(call -> admission.refusal(Optional.of(call)).isEmpty());
    assertThat(admission.refusal(Optional.empty())).isEmpty();
  }

  @Test
  void letsNobodyInWithAShareOfNothing() {
    Admission none = admission("AI_SHARE", "0");
    assertThat(CALLS)
        .allMatch(call -> none.refusal(Optional.of(call)).equals(Optional.of("share")));
    assertThat(none.refusal(Optional.empty())).hasValue("share");
  }

  @Test
  void letsAboutTheShareIn() {
    for (int share : new int[] {1, 10, 50, 90, 99}) {
      Admission admission = admission("AI_SHARE", Integer.toString(share));
      long in = CALLS.stream().filter(call -> in(admission, call)).count();
      assertThat(in / (double) CALLS.size() * 100).isBetween(share - 1.5, share + 1.5);
    }
  }

  @Test
  void keepsACallOnItsSideAndTakesNobodyAwayWhenTheShareRises() {
    Set<CallSid> before = Set.of();
    for (int share = 0; share <= 100; share += 4) {
      Admission admission = admission("AI_SHARE", Integer.toString(share));
      Set<CallSid> now =
          CALLS.stream().filter(call -> in(admission, call)).collect(Collectors.toSet());
      assertThat(now).containsAll(before);
      assertThat(CALLS).allMatch(call -> in(admission, call) == now.contains(call));
      before = now;
    }
    assertThat(before).hasSameSizeAs(CALLS);
  }

  @Test
  void refusesOutsideTheHours() {
    Optional<CallSid> call = Optional.of(CALLS.get(0));
    assertThat(admission("AI_HOURS", "Mo 12:00-13:00 UTC").refusal(call)).isEmpty();
    assertThat(admission("AI_HOURS", "Mo 11:00-12:00 UTC").refusal(call)).hasValue("hours");
    assertThat(admission("AI_HOURS", "Mo 12:00-13:00 Asia/Tokyo").refusal(call)).hasValue("hours");
  }

  @Test
  void refusesWhileDraining() {
    Draining draining = MemoryBoard.draining();
    Admission admission =
        new Admission(MemoryBoard.agent(TestSettings.of()), draining, MONDAY_NOON);
    draining.drainHere();
    assertThat(admission.refusal(Optional.of(CALLS.get(0)))).hasValue("drain");
  }

  private static boolean in(Admission admission, CallSid call) {
    return admission.refusal(Optional.of(call)).isEmpty();
  }

  private static Admission admission(String... settings) {
    return new Admission(
        MemoryBoard.agent(TestSettings.of(settings)), MemoryBoard.draining(), MONDAY_NOON);
  }

  private static List<CallSid> calls() {
    Random dice = new Random(7);
    return Stream.generate(
            () -> {
              byte[] bytes = new byte[16];
              dice.nextBytes(bytes);
              return new CallSid("CA" + HexFormat.of().formatHex(bytes));
            })
        .limit(5_000)
        .toList();
  }
}
