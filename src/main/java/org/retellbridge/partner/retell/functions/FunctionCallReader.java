package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.CallId;
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
  @Context private HttpServletRequest request;

  private KnownCalls calls;

  FunctionCallReader() {}

  @Inject
  FunctionCallReader(KnownCalls calls) {
    this.calls = calls;
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
    return JsonText.parseObject(in.readAllBytes())
        .map(body -> FunctionCall.of(body, origin()))
        .orElseThrow(() -> new BadRequestException("the body is not a JSON object"));
  }

  private FunctionCall.Origin origin() {
    SignedRequest signed = SignedRequest.of(request);
    Map<String, String> query = signed.query();
    return new FunctionCall.Origin(
        query,
        signed.header("X-Retell-Signature").orElse(""),
        CallId.parse(query.getOrDefault("call_id", "")).flatMap(calls::find));
  }
}
