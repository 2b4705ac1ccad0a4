package org.retellbridge.partner.retell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.retellbridge.foundation.json.JsonText;

/** What the bridge itself does with a function's body: signature and parsing, by size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FunctionSignatureBenchmark {
  @Param({"1000", "100000"})
  public int size;

  private final RetellSignature signature =
      new RetellSignature(List.of("key_000000000000000000000000bench"));
  private byte[] body;
  private Optional<RetellSignature.Header> header;

  @Setup
  public void prepare() {
    String transcript = "a".repeat(size);
    body =
        ("{\"name\":\"lookup\",\"call\":{\"call_id\":\"call_1\",\"transcript\":\""
                + transcript
                + "\"},\"args\":{}}")
            .getBytes(UTF_8);
    header = RetellSignature.Header.parse(signature.header(body, 1_795_377_600_000L));
  }

  @Benchmark
  public boolean signature() {
    return signature.matches(body, header.orElseThrow());
  }

  @Benchmark
  public Object parsing() {
    return JsonText.parseObject(new String(body, UTF_8));
  }
}
