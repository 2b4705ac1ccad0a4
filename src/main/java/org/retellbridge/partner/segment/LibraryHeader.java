package org.retellbridge.partner.segment;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Tells Segment who asks, instead of the name of the server's REST client. */
public class LibraryHeader implements ClientRequestFilter {

  @Override
  public void filter(ClientRequestContext context) {
    context.getHeaders().putSingle(HttpHeaders.USER_AGENT, Library.NAME);
  }
}
