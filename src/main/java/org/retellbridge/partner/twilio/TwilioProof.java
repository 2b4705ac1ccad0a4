package org.retellbridge.partner.twilio;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.webhooks.ConstantTime;
import org.retellbridge.foundation.webhooks.Proof;
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.foundation.webhooks.Verdict;

/** Twilio's signature over URL and form, or over URL and {@code bodySHA256} for JSON. */
@ApplicationScoped
public class TwilioProof implements Proof {
  /** The name under which resources accept this proof. */
  public static final String VENDOR = "twilio";

  public static final String HEADER = "X-Twilio-Signature";

  private static final int BODY_LIMIT = 64 * 1024;

  private PublicUrls urls;
  private TwilioSignature signature;
  private ForeignCalls foreign;

  TwilioProof() {}

  @Inject
  TwilioProof(PublicUrls urls, Settings settings, ForeignCalls foreign) {
    this.urls = urls;
    this.signature = new TwilioSignature(settings.get(Catalogue.AUTH_TOKEN));
    this.foreign = foreign;
  }

  @Override
  public String vendor() {
    return VENDOR;
  }

  @Override
  public String header() {
    return HEADER;
  }

  /** Equal requests of two calls have equal signatures. */
  @Override
  public Optional<String> repeatMark() {
    return Optional.of("I-Twilio-Idempotency-Token");
  }

  @Override
  public Optional<String> callField() {
    return Optional.of("CallSid");
  }

  @Override
  public int bodyLimit() {
    return BODY_LIMIT;
  }

  @Override
  public Response.Status refusal() {
    return Response.Status.FORBIDDEN;
  }

  @Override
  public boolean plausible(String value) {
    return value.length() == TwilioSignature.LENGTH;
  }

  @Override
  public String checkedWith(SignedRequest request) {
    return "AUTH_TOKEN over " + urls.shown(request);
  }

  @Override
  public Verdict verify(SignedRequest request) {
    Optional<String> presented = request.header(header());
    if (presented.isEmpty()) {
      return Verdict.MISSING;
    }
    if (!plausible(presented.get())) {
      return Verdict.MALFORMED;
    }
    Fields fields = Fields.NONE;
    if ("POST".equals(request.method())) {
      if (request.isForm()) {
        try {
          fields = Fields.of(request);
        } catch (IllegalArgumentException e) {
          return Verdict.MISMATCH;
        }
      } else if (!bodyMatchesQuery(request)) {
        return Verdict.MISMATCH;
      }
    }
    Optional<String> url = signature.signed(urls.candidates(request), fields, presented.get());
    if (url.isEmpty()) {
      return Verdict.MISMATCH;
    }
    urls.genuine(request, url.get());
    foreign.look(request.isForm() ? fields : Fields.ofQuery(request.rawQuery()));
    return Verdict.GENUINE;
  }

  /** A body that is not a form is only signed through its hash in the query. */
  private static boolean bodyMatchesQuery(SignedRequest request) {
    if (request.body().length == 0) {
      return true;
    }
    Optional<String> claimed = Fields.ofQuery(request.rawQuery()).find("bodySHA256");
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(request.body());
      return claimed
          .map(
              hex ->
                  ConstantTime.equal(HexFormat.of().formatHex(hash), hex.toLowerCase(Locale.ROOT)))
          .orElse(false);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
