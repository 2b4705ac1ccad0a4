package org.retellbridge.storm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.Node;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.twilio.TwilioSignature;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** What a collector gets from Payara Micro with its OpenTelemetry on. */
class TracesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SENDERS_SPAN = "00f067aa0ba902b7";

  @TempDir private Path folder;

  @Test
  void continueTheSendersTraceAndNameTheCall() throws Exception {
    try (Twin twin = Twin.start();
        MiniServer collector =
            new MiniServer("collector", request -> Reply.empty(200), new Silence());
        Node node =
            Node.in(folder, twin.settings(), List.of()).with(telemetry(collector)).start()) {
      node.awaitUp();
      twin.publish(node.url(""));

      String callSid = "CA4bf92f3577b34da6a3ce929d0e0e4736";
      start(twin, node, callSid);
      String callId = twin.retell().calls().get(0).callId();

      String started = exported(collector, text -> text.contains(callSid));
      assertThat(started)
          .contains("POST /start", "twilio.call_sid", "retell.call_id", callId)
          .contains(raw(TRACE), raw(SENDERS_SPAN));

      AgentCall agent =
          twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
      agent.callFunction(twin.publicUrl("/lookup"), "lookup", Map.of());

      String asked = exported(collector, text -> text.contains(agent.callId()));
      assertThat(asked).contains("POST /lookup", "retell.call_id");
    }
  }

  private static Map<String, String> telemetry(MiniServer collector) {
    return Map.of(
        "OTEL_SDK_DISABLED", "false",
        "OTEL_TRACES_EXPORTER", "otlp",
        "OTEL_METRICS_EXPORTER", "none",
        "OTEL_LOGS_EXPORTER", "none",
        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
        "OTEL_EXPORTER_OTLP_ENDPOINT", collector.base().toString(),
        "OTEL_BSP_SCHEDULE_DELAY", "100");
  }

  private static void start(Twin twin, Node node, String callSid) throws Exception {
    Fields fields = Fields.of("CallSid", callSid, "From", TwinNames.CALLER, "To", TwinNames.NUMBER);
    String signature =
        TwilioSignature.of(TwinNames.ACCOUNT.authToken(), twin.publicUrl("/start"), fields);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url("/start")))
            .header("X-Twilio-Signature", signature)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("traceparent", "00-" + TRACE + "-" + SENDERS_SPAN + "-01")
            .POST(HttpRequest.BodyPublishers.ofString(fields.encoded()))
            .build();
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body()).contains("<Sip>");
  }

  /** The texts in Protocol Buffers stand there as they are. */
  private static String exported(MiniServer collector, Predicate<String> wanted) {
    Await.until(
        "the span is exported",
        PATIENCE,
        () -> collector.log().all().stream().map(TracesIT::text).anyMatch(wanted));
    return collector.log().all().stream()
        .map(TracesIT::text)
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }

  private static String text(Request request) {
    return new String(request.body(), ISO_8859_1);
  }

  private static String raw(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }

  private static final class Silence implements Observer {
    @Override
    public void came(Request request) {}

    @Override
    public void answered(Request request, Reply reply, String mishap) {}
  }
}
