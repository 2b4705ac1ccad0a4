package org.retellbridge.foundation.webhooks;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;
import org.retellbridge.foundation.resilience.Timers;

/**
 * Brings the raw bytes of signed requests in before anything else touches them, without holding a
 * thread for a slow sender: 210 slow POSTs blocked a server for 8 s when request threads read them.
 * What bears no plausible signature is not read at all; the gate behind refuses it.
 */
@WebFilter(
    filterName = "bodies",
    urlPatterns = "/*",
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class BodyFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int NO_LENGTH = -1;
  private static final String OPERATORS_OWN = "PUT";

  private static final String GRIZZLY_REQUEST = "org.glassfish.grizzly.http.server.Request";

  /** The servers whose network part is Grizzly. */
  private static final Pattern GRIZZLY = Pattern.compile("(?i)payara|glassfish");

  private transient BodyBudget budget;
  private transient Proofs proofs;
  private transient Timers timers;
  private transient FastPath fastPath;
  private transient Refusals refusals;
  private transient PublicUrls urls;
  private boolean grizzly;

  @Override
  public void init() {
    ServletContext context = getServletContext();
    grizzly =
        GRIZZLY.matcher(String.valueOf(context.getServerInfo())).find()
            || stands(context.getClass().getClassLoader());
    fastPath.announce();
    urls.standsAt(context.getContextPath());
  }

  /** An operator may give the server another name ({@code -Dproduct.name}). */
  private static boolean stands(ClassLoader server) {
    try {
      Class.forName(GRIZZLY_REQUEST, false, server);
      return true;
    } catch (ClassNotFoundException elsewhere) {
      return false;
    }
  }

  @Inject
  void wire(
      BodyBudget budget,
      Proofs proofs,
      Timers timers,
      FastPath fastPath,
      Refusals refusals,
      PublicUrls urls) {
    this.budget = budget;
    this.proofs = proofs;
    this.timers = timers;
    this.fastPath = fastPath;
    this.refusals = refusals;
    this.urls = urls;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (OPERATORS_OWN.equals(request.getMethod())) {
      // No vendor sends it: such a body is read after the operators' gate, by the resource itself.
      serve(request, () -> chain.doFilter(request, response));
      return;
    }
    if (SignedRequest.attached(request)) {
      proceed(request, response, chain);
      return;
    }
    Optional<Proof> proof = proofs.plausible(SignedRequest.arrived(request));
    if (proof.isEmpty() || !"POST".equals(request.getMethod())) {
      SignedRequest.attach(request, new byte[0]);
      proceed(request, response, chain);
      return;
    }
    receive(request, response, chain, proof.get());
  }

  private void receive(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, Proof proof)
      throws IOException, ServletException {
    long length = request.getContentLengthLong();
    if (length > proof.bodyLimit()) {
      refusals.answer(Refusal.TOO_LARGE, proof.vendor(), request, response);
      return;
    }
    if (encoded(request)) {
      refusals.answer(Refusal.ENCODED, proof.vendor(), request, response);
      return;
    }
    Body body = new Body(proof.bodyLimit(), budget.account(proof.vendor()));
    if (length != NO_LENGTH && request.getInputStream().available() >= length) {
      Refusal refusal;
      try {
        refusal = body.take(request.getInputStream(), (int) length);
      } finally {
        body.settle();
      }
      if (refusal != null) {
        refusals.answer(refusal, proof.vendor(), request, response);
        return;
      }
      SignedRequest.attach(request, body.bytes());
      proceed(request, response, chain);
      return;
    }
    BodyReader.start(
        timers.scheduler(),
        grizzly,
        request,
        response,
        body,
        refusal -> refusals.answer(refusal, proof.vendor(), request, response));
  }

  /** {@code identity} says that there is no encoding (RFC 9110, section 8.4.1). */
  private static boolean encoded(HttpServletRequest request) {
    return request.getHeader("Content-Encoding") != null
        && Collections.list(request.getHeaders("Content-Encoding")).stream()
            .anyMatch(encoding -> !"identity".equalsIgnoreCase(encoding.strip()));
  }

  private void proceed(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    serve(
        request,
        () -> {
          if (!fastPath.serves(request, response)) {
            chain.doFilter(new BufferedRequest(request), response);
          }
        });
  }

  private static void serve(HttpServletRequest request, Serving rest)
      throws IOException, ServletException {
    SignedRequest.enter(request);
    try {
      rest.run();
    } finally {
      SignedRequest.leave(request);
    }
  }

  @FunctionalInterface
  private interface Serving {
    void run() throws IOException, ServletException;
  }
}
