package org.retellbridge.partner.retell.events;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.retellbridge.foundation.resilience.RetryAfter;
import org.retellbridge.foundation.resilience.VendorFailure;

/** Turns error statuses, and redirects that nobody follows, into failures. */
public class ForwardRefusals implements ResponseExceptionMapper<VendorFailure> {

  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status >= 300;
  }

  @Override
  public VendorFailure toThrowable(Response response) {
    return VendorFailure.answered(
        "forward", response.getStatus(), RetryAfter.parse(response.getHeaderString("Retry-After")));
  }
}
