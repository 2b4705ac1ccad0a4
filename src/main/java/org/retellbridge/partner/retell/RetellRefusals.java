package org.retellbridge.partner.retell;

import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.retellbridge.foundation.resilience.RetryAfter;
import org.retellbridge.foundation.resilience.VendorFailure;

/** Turns Retell's error statuses, and redirects that nobody follows, into failures without body. */
public class RetellRefusals implements ResponseExceptionMapper<VendorFailure> {

  @Override
  public boolean handles(int status, jakarta.ws.rs.core.MultivaluedMap<String, Object> headers) {
    return status >= 300;
  }

  @Override
  public VendorFailure toThrowable(Response response) {
    return VendorFailure.answered(
        RetellCalls.VENDOR,
        response.getStatus(),
        RetryAfter.parse(response.getHeaderString("Retry-After")));
  }
}
