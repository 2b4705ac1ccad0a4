package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.retellbridge.foundation.webhooks.SignedRequest;

/** Opens the operating side to holders of the token. */
@ApplicationScoped
public class OperatorsDoor {
  private OperationsToken token;
  private Guesses guesses;

  OperatorsDoor() {}

  @Inject
  OperatorsDoor(OperationsToken token, Guesses guesses) {
    this.token = token;
    this.guesses = guesses;
  }

  /** Whoever presents nothing guesses nothing: half the internet asks for {@code /status}. */
  boolean opens(SignedRequest request) {
    List<String> presented = request.lines(HttpHeaders.AUTHORIZATION);
    return !presented.isEmpty()
        && guesses.attempt(Guesses.Door.TOKEN, request, () -> token.opens(presented)).right();
  }
}
