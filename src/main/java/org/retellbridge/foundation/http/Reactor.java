package org.retellbridge.foundation.http;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.http.impl.bootstrap.AsyncRequesterBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.ssl.BasicClientTlsStrategy;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HttpCore's threads and connections. An error in one of its threads, such as a heap that is full
 * for a moment, ends that thread for good, and with it every connection that would be its: then new
 * ones are made.
 */
final class Reactor {
  private static final System.Logger LOGGER = System.getLogger(Reactor.class.getName());

  private static final String USER_AGENT = "twilio-retell-bridge";
  private static final Timeout CONNECT = Timeout.ofSeconds(2);
  private static final int MOST_CONNECTIONS = 20_000;
  private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

  /** A connection keeps three of them while it waits for the vendor; HttpCore's are of 8 KiB. */
  private static final int BUFFER = 2_048;

  /** Longer than any budget: what other threads of the old ones still wait for is answered. */
  private static final int OLD_ONES_SECONDS = 90;

  private final ScheduledExecutorService scheduler;
  private final Queue<HttpAsyncRequester> open = new ConcurrentLinkedQueue<>();
  private volatile HttpAsyncRequester requester;
  private boolean closed;

  Reactor(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
    this.requester = start();
  }

  void connect(HttpHost target, FutureCallback<AsyncClientEndpoint> callback) {
    HttpAsyncRequester current = requester;
    try {
      current.connect(target, CONNECT, null, callback);
    } catch (IOReactorShutdownException e) {
      insteadOf(current, e).connect(target, CONNECT, null, callback);
    }
  }

  void closeIdle(TimeValue idle) {
    requester.closeIdle(idle);
  }

  synchronized void close() {
    closed = true;
    open.forEach(this::close);
  }

  private void close(HttpAsyncRequester one) {
    open.remove(one);
    one.close(CloseMode.IMMEDIATE);
  }

  /** Of all who meet the ended thread at once, one makes new ones. */
  private synchronized HttpAsyncRequester insteadOf(
      HttpAsyncRequester broken, IOReactorShutdownException why) {
    if (closed) {
      throw why;
    }
    if (requester == broken) {
      LOGGER.log(ERROR, "A thread that hears the vendors ended; there are new ones");
      requester = start();
      scheduler.schedule(() -> close(broken), OLD_ONES_SECONDS, SECONDS);
    }
    return requester;
  }

  private HttpAsyncRequester start() {
    HttpAsyncRequester one =
        AsyncRequesterBootstrap.bootstrap()
            .setIOReactorConfig(
                IOReactorConfig.custom()
                    .setIoThreadCount(THREADS)
                    .setTcpNoDelay(true)
                    .setSoKeepAlive(true)
                    .build())
            .setHttp1Config(Http1Config.custom().setBufferSize(BUFFER).build())
            .setDefaultMaxPerRoute(MOST_CONNECTIONS)
            .setMaxTotal(MOST_CONNECTIONS)
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
            .setPoolReusePolicy(PoolReusePolicy.LIFO)
            .setTlsStrategy(tls())
            .setTlsHandshakeTimeout(CONNECT)
            .setStreamListener(new Patience())
            .setHttpProcessor(headers())
            .create();
    one.start();
    open.add(one);
    return one;
  }

  /**
   * HttpCore goes on to take the limit for connecting for that of each silence, also of the vendor
   * that is asked and of a connection that is kept for later. How long an answer may take is each
   * question's own limit.
   */
  private static final class Patience implements Http1StreamListener {
    @Override
    public void onRequestHead(HttpConnection connection, HttpRequest request) {
      connection.setSocketTimeout(Timeout.DISABLED);
    }

    @Override
    public void onResponseHead(HttpConnection connection, HttpResponse response) {
      // It is set already.
    }

    @Override
    public void onExchangeComplete(HttpConnection connection, boolean keepAlive) {
      // It stays.
    }
  }

  /**
   * HttpCore's own, without {@code Expect: 100-continue}: with it each body waited one more way to
   * the vendor and back, and three seconds where nobody answers that.
   */
  private static HttpProcessor headers() {
    return HttpProcessorBuilder.create()
        .addAll(
            RequestTargetHost.INSTANCE,
            RequestContent.INSTANCE,
            RequestConnControl.INSTANCE,
            new RequestUserAgent(USER_AGENT))
        .build();
  }

  /**
   * HttpCore itself does not compare the certificate's name with the host's. Buffers for TLS are
   * let go when they are empty: a connection would keep 49 KB while it waits for the vendor.
   */
  private static BasicClientTlsStrategy tls() {
    try {
      return new BasicClientTlsStrategy(
          SSLContext.getDefault(),
          SSLBufferMode.DYNAMIC,
          (endpoint, engine) -> checkName(engine),
          (endpoint, engine) -> null);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every server has a default TLS context", e);
    }
  }

  private static void checkName(SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
  }
}
