package org.retellbridge.partner.twilio;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.retellbridge.foundation.webhooks.Gate;
import org.retellbridge.foundation.webhooks.SignedRequest;

/** Stands before every {@link TwilioWebhook}. */
@Provider
@TwilioWebhook
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class TwilioGate implements ContainerRequestFilter {
  private Gate gate;

  public TwilioGate() {}

  @Inject
  TwilioGate(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    gate.refuse(SignedRequest.here(), TwilioBinding.SIGNED_BY).ifPresent(context::abortWith);
  }
}
