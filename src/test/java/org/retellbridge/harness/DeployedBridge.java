package org.retellbridge.harness;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.twilio.CallRequest;

/** What integration tests have in common: a deployed bridge, the twin leading to it, plain HTTP. */
@RunAsClient
@ExtendWith(ArquillianExtension.class)
public abstract class DeployedBridge {
  protected static final Twin twin = BridgeUnderTest.twin();

  protected static final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  @ArquillianResource private URL deployment;

  @BeforeEach
  void leadTheTwinHere() {
    twin.reset();
    twin.publish(local("").toString());
  }

  /** A call that goes on, or an event on its way, would reach into the next test. */
  @AfterEach
  void endWhatGoesOn() {
    twin.settle();
  }

  /** The bridge's own address: the server announces the machine's outer one, which is no target. */
  protected URI local(String path) {
    String root = deployment.getPath().replaceAll("/+$", "");
    return URI.create("http://127.0.0.1:" + deployment.getPort() + root + path);
  }

  /** A usual call to the twin's number. */
  protected static CallRequest call() {
    return CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER);
  }

  protected HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  protected HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(local(path)).GET());
  }

  /** As an operator. */
  protected HttpResponse<String> operate(String path) {
    return send(
        HttpRequest.newBuilder(local(path))
            .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
            .GET());
  }

  /** What a meter of {@code /prometheus} shows for all its series with these labels together. */
  protected double measured(String name, String... labels) {
    return operate("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
