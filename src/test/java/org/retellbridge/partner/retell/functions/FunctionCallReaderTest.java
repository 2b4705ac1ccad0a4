package org.retellbridge.partner.retell.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.webhooks.FakeRequest;
import org.retellbridge.foundation.webhooks.Proof;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.foundation.webhooks.TestGate;
import org.retellbridge.foundation.webhooks.TestUrls;
import org.retellbridge.foundation.webhooks.Verdict;

/** Whom a request is believed to come from is what its gate has found. */
class FunctionCallReaderTest {
  private static final CallSid CALL = new CallSid("CA" + "1".repeat(32));
  private static final String MARK = "I-Twilio-Idempotency-Token";

  private final FunctionCallReader reader =
      new FunctionCallReader(TestUrls.of(TestSettings.of("PUBLIC_BASE_URL", "https://b.example")));

  @Test
  void believesOfEachVendorWhatItsProofSays() {
    FunctionCall ours = read(new Vendor("ours", Optional.of(MARK), Optional.of("CallSid")));
    assertThat(ours.callSid()).hasValue(CALL);
    assertThat(ours.origin().token()).hasValue("mark");

    FunctionCall thirds = read(new Vendor("third", Optional.empty(), Optional.empty()));
    assertThat(thirds.callSid()).isEmpty();
    assertThat(thirds.origin().token()).isEmpty();
    assertThat(thirds.origin().signature()).isNotEqualTo("mark");
    assertThat(thirds.modelReads()).isFalse();
    assertThat(thirds.call()).isEmpty();
    assertThat(thirds.arguments().value("call")).isPresent();
  }

  @Test
  void takesRetellsWordsForThoseOfAModel() {
    FunctionCall call = read(new Vendor("retell", Optional.of(MARK), Optional.of("CallSid")));
    assertThat(call.modelReads()).isTrue();
    assertThat(call.callSid()).isEmpty();
    assertThat(call.origin().token()).isEmpty();
    assertThat(call.origin().signature()).isEqualTo("mark");
    assertThat(call.call()).isPresent();
  }

  private FunctionCall read(Vendor vendor) {
    String body = "{\"call\":{\"call_id\":\"call_1\"},\"CallSid\":\"" + CALL.value() + "\"}";
    SignedRequest request =
        FakeRequest.post("/own")
            .header(vendor.header(), "good")
            .header(MARK, "mark")
            .body("application/json", body.getBytes(UTF_8))
            .signed();
    assertThat(TestGate.of(vendor).refuse(request, List.of(vendor.vendor()))).isEmpty();
    return reader.read(request);
  }

  private record Vendor(String vendor, Optional<String> repeatMark, Optional<String> callField)
      implements Proof {
    @Override
    public String header() {
      return "X-Signature";
    }

    @Override
    public int bodyLimit() {
      return 1_000;
    }

    @Override
    public Response.Status refusal() {
      return Response.Status.FORBIDDEN;
    }

    @Override
    public boolean plausible(String signature) {
      return true;
    }

    @Override
    public Verdict verify(SignedRequest request) {
      return Verdict.GENUINE;
    }

    @Override
    public String checkedWith(SignedRequest request) {
      return "KEY";
    }
  }
}
