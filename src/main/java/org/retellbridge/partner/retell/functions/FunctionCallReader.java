package org.retellbridge.partner.retell.functions;

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
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.foundation.webhooks.SignedRequest;

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
   * @throws BadRequestException for anything but a JSON object or a form
   */
  FunctionCall read(SignedRequest signed) {
    return read(signed.body(), signed.isForm(), signed);
  }

  private FunctionCall read(byte[] body, boolean isForm, SignedRequest signed) {
    return (isForm ? form(body) : CallBody.parse(body))
        .map(object -> FunctionCall.of(object, origin(signed)))
        .orElseThrow(() -> new BadRequestException("the body is neither a JSON object nor a form"));
  }

  private static Optional<JsonObject> form(byte[] body) {
    try {
      return Optional.of(FormBody.parse(body));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * What repeats of a request have in common and other requests have not. Twilio signs equal
   * requests of two calls equally, but marks repeats.
   */
  private FunctionCall.Origin origin(SignedRequest signed) {
    Optional<String> retells = signed.header("X-Retell-Signature");
    Optional<String> token = signed.header("I-Twilio-Idempotency-Token");
    return new FunctionCall.Origin(
        signed.query(),
        retells.or(() -> token).orElseGet(() -> UUID.randomUUID().toString()),
        urls.base(signed),
        retells.isPresent(),
        token);
  }
}
