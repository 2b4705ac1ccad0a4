package org.retellbridge.partner.retell.events;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.retellbridge.foundation.webhooks.Gate;
import org.retellbridge.foundation.webhooks.SignedRequest;

/** Stands before every {@link RetellWebhook}. */
@Provider
@RetellWebhook
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class RetellGate implements ContainerRequestFilter {
  private Gate gate;

  public RetellGate() {}

  @Inject
  RetellGate(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    gate.refuse(SignedRequest.here(), RetellBinding.SIGNED_BY).ifPresent(context::abortWith);
  }
}
