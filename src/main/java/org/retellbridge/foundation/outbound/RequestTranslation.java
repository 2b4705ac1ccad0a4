package org.retellbridge.foundation.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.glassfish.jersey.client.ClientRequest;

/** Turns Jersey's request into the JDK's. */
final class RequestTranslation {

  /** The JDK sets these itself and refuses them from outside. */
  private static final Set<String> OWNED_BY_JDK =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private RequestTranslation() {}

  static HttpRequest translate(ClientRequest request) throws IOException {
    // The body comes first: writing it may still change the headers.
    BodyPublisher body = body(request);
    var message = HttpRequest.newBuilder(request.getUri()).method(request.getMethod(), body);
    for (Map.Entry<String, List<String>> header : request.getRequestHeaders().entrySet()) {
      if (!OWNED_BY_JDK.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        header.getValue().forEach(value -> message.header(header.getKey(), value));
      }
    }
    return message.build();
  }

  private static BodyPublisher body(ClientRequest request) throws IOException {
    if (!request.hasEntity()) {
      return BodyPublishers.noBody();
    }
    var bytes = new ByteArrayOutputStream(512);
    request.setStreamProvider(contentLength -> bytes);
    request.writeEntity();
    return BodyPublishers.ofByteArray(bytes.toByteArray());
  }
}
