package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.context.ApplicationScoped;
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
import org.retellbridge.foundation.json.JsonText;

/** Reads a function's body after its signature was verified. */
@Provider
@ApplicationScoped
@Consumes(MediaType.WILDCARD)
public class FunctionCallReader implements MessageBodyReader<FunctionCall> {

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
        .map(FunctionCall::of)
        .orElseThrow(() -> new BadRequestException("the body is not a JSON object"));
  }
}
