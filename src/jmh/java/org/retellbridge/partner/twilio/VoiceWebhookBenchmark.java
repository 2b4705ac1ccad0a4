package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the bridge itself does with a voice webhook: form, signature, TwiML. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VoiceWebhookBenchmark {
  private static final byte[] FORM =
      ("AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01"
              + "&CallSid=CA00000000000000000000000000000001&CallStatus=ringing&Called=%2B61255500000"
              + "&CalledCity=&CalledCountry=AU&CalledState=&CalledZip=&Caller=%2B61491570006"
              + "&CallerCity=&CallerCountry=AU&CallerState=&CallerZip=&Direction=inbound"
              + "&From=%2B61491570006&FromCity=&FromCountry=AU&FromState=&FromZip="
              + "&To=%2B61255500000&ToCity=&ToCountry=AU&ToState=&ToZip=")
          .getBytes(UTF_8);
  private static final List<String> URLS = List.of("https://bridge.example.com/start");

  private final TwilioSignature signature =
      new TwilioSignature(List.of("0000bench0000token0000bench0000to"));
  private final Fields fields = Fields.parse(FORM);

  @Benchmark
  public Object form() {
    return Fields.parse(FORM);
  }

  @Benchmark
  public boolean signature() {
    return signature.signed(URLS, fields, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=").isPresent();
  }

  @Benchmark
  public String twiml() {
    return Twiml.response(
        twiml ->
            twiml.dialSip(
                "dial_ended?rung=0",
                Duration.ofSeconds(25),
                "sip:call_000000000000000000000001@sip.retellai.com;transport=tcp"));
  }
}
