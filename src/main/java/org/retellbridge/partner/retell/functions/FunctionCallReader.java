package org.retellbridge.partner.retell.functions;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.UUID;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.webhooks.LineLimit;
import org.retellbridge.foundation.webhooks.Proof;
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.partner.retell.RetellProof;

/**
 * Reads a function's body after its signature was verified.
 *
 * <p>Without a proxy: a proxy does not say which type it reads, and Jersey would take JSON-B's
 * reader for the better match.
 */
@Provider
@Dependent
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
public class FunctionCallReader implements MessageBodyReader<FunctionCall> {
  private static final System.Logger LOGGER = System.getLogger(FunctionCallReader.class.getName());
  private static final LineLimit LINES = new LineLimit(System::nanoTime);

  private PublicUrls urls;

  public FunctionCallReader() {}

  @Inject
  FunctionCallReader(PublicUrls urls) {
    this.urls = urls;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == FunctionCall.class;
  }

  @Override
  public FunctionCall readFrom(
      Class<FunctionCall> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream in)
      throws IOException {
    return read(in.readAllBytes(), FormBody.is(mediaType), SignedRequest.here());
  }

  /**
   * What the agent asks for.
   *
   * @throws BadRequestException for anything but a JSON object or a form, and for an event
   */
  FunctionCall read(SignedRequest signed) {
    return read(signed.body(), signed.isForm(), signed);
  }

  private FunctionCall read(byte[] body, boolean isForm, SignedRequest signed) {
    Origin origin = origin(signed);
    return object(body, isForm, origin)
        .map(object -> call(object, origin, signed))
        .orElseThrow(() -> new BadRequestException("the body is neither a JSON object nor a form"));
  }

  /** Only in Retell's own words is a transcript one, and nothing that is asked for. */
  private static Optional<JsonObject> object(byte[] body, boolean isForm, Origin origin) {
    if (isForm) {
      return form(body);
    }
    return origin.retells() ? CallBody.parse(body) : JsonText.parseObject(body);
  }

  private static FunctionCall call(JsonObject body, Origin origin, SignedRequest signed) {
    if (origin.retells() && BodyShape.event(body)) {
      LINES.pass("event").ifPresent(leftOut -> tell(signed, leftOut));
      throw new BadRequestException(
          Problem.of(400, "This is an event of Retell and calls no function").response());
    }
    return FunctionCall.of(body, origin);
  }

  private static void tell(SignedRequest signed, long leftOut) {
    LOGGER.log(
        WARNING,
        "Refused {0} {1}: an event of Retell calls no function; events belong to /retell/events{2}",
        signed.method(),
        signed.rawPath(),
        LineLimit.more(leftOut));
  }

  private static Optional<JsonObject> form(byte[] body) {
    try {
      return Optional.of(FormBody.parse(body));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Origin origin(SignedRequest signed) {
    Proof proof = signed.proof();
    boolean retells = RetellProof.VENDOR.equals(proof.vendor());
    Optional<String> mark = proof.repeatMark().flatMap(signed::header);
    return new Origin(
        signed.query(),
        mark.orElseGet(() -> UUID.randomUUID().toString()),
        urls.base(signed),
        retells,
        retells ? Optional.empty() : mark,
        retells ? Optional.empty() : proof.callField());
  }
}
